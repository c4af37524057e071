/**
 * The arithmetic of deploy/README.md against the real thing: a few constants are measured one by
 * one, a simulation predicts from them what workers under a mixed load do, and the same load is put
 * on real workers. Ends by itself within two minutes. `node bench/simulation.ts`
 */
import { machine } from "./measured-program.ts";
import { measureConstants, warmUp } from "./simulation/constants.ts";
import { at, type Case, type Constants, type Outcome, simulate } from "./simulation/model.ts";
import {
  buildTown,
  follow,
  HEARTBEAT_SECONDS,
  memoryOf,
  type Town,
  watch,
} from "./simulation/town.ts";

const MB = 2 ** 20;
/** Of a run that begins later, the end would be late. */
const LAST_START_MS = 95_000;
const heartbeatSeconds = HEARTBEAT_SECONDS;

async function measure(town: Town, given: Case): Promise<Outcome> {
  const places = town.places.slice(0, given.workspaces);
  const crowd = await follow(town, places, given.sockets);
  const memory = Math.max(...(await memoryOf(town)));
  const seen = await watch(town, places, { ...given, crowd });
  await crowd.stop();
  return {
    cpu: Math.max(...seen.cpu) / 1_000,
    memory,
    delivery: { p50: at(seen.late, 0.5), p99: at(seen.late, 0.99) },
    write: { p50: at(seen.answered, 0.5), p95: at(seen.answered, 0.95) },
  };
}

const small: Case[] = [
  { workers: 1, workspaces: 1, sockets: 500, writesPerSecond: 10 },
  { workers: 1, workspaces: 10, sockets: 1_000, writesPerSecond: 40 },
  { workers: 1, workspaces: 1, sockets: 1_500, writesPerSecond: 5 },
  { workers: 2, workspaces: 4, sockets: 1_000, writesPerSecond: 30 },
].map((each) => ({ ...each, heartbeatSeconds, seconds: 6 }));

/** What nobody puts on one small machine: said by the simulation alone. */
const large: Case[] = [
  { workers: 1, workspaces: 20, sockets: 5_000, writesPerSecond: 20 },
  { workers: 1, workspaces: 1, sockets: 5_000, writesPerSecond: 20 },
  { workers: 4, workspaces: 1, sockets: 5_000, writesPerSecond: 20 },
  { workers: 12, workspaces: 200, sockets: 40_000, writesPerSecond: 400 },
].map((each) => ({ ...each, heartbeatSeconds: 20, seconds: 30 }));

const nameOf = ({ workers, workspaces, sockets, writesPerSecond }: Case) =>
  `${workers} × worker, ${workspaces} × workspace, ${sockets} sockets, ${writesPerSecond} changes/s`;

const figures: [string, (outcome: Outcome) => number, (value: number) => string][] = [
  ["CPU, % of a core", ({ cpu }) => cpu * 100, (value) => value.toFixed(0)],
  ["memory, MB", ({ memory }) => memory / MB, (value) => value.toFixed(0)],
  ["delivery p50, ms", ({ delivery }) => delivery.p50, (value) => value.toFixed(1)],
  ["delivery p99, ms", ({ delivery }) => delivery.p99, (value) => value.toFixed(1)],
  ["write p50, ms", ({ write }) => write.p50, (value) => value.toFixed(1)],
  ["write p95, ms", ({ write }) => write.p95, (value) => value.toFixed(1)],
];

function tell(given: Case, predicted: Outcome, measured?: Outcome) {
  console.log(`\n${nameOf(given)} (a worker)`);
  console.table(
    Object.fromEntries(
      figures.map(([name, read, show]) => [
        name,
        {
          predicted: show(read(predicted)),
          ...(measured && {
            measured: show(read(measured)),
            "measured / predicted": (read(measured) / read(predicted)).toFixed(2),
          }),
        },
      ]),
    ),
  );
}

console.log(machine());
let constants: Constants | undefined;
for (const workers of [1, 2]) {
  const town = await buildTown(workers, 10);
  try {
    await warmUp(town);
    if (!constants) {
      constants = await measureConstants(town);
      console.log("Constants of this machine (ms of CPU; bytes):");
      console.table(constants);
    }
    for (const given of small.filter((each) => each.workers === workers)) {
      if (performance.now() > LAST_START_MS) {
        console.log(`Left out, for this machine is too busy: ${nameOf(given)}`);
        continue;
      }
      tell(given, simulate(given, constants), await measure(town, given));
    }
  } finally {
    await town.stop();
  }
}
if (constants) for (const given of large) tell(given, simulate(given, constants));
console.log(machine().replace("load before", "load after"));
process.exit();
