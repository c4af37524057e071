/**
 * Of four workers one after the other is killed under load, and then all are replaced by a rolling
 * restart: clients live again in 15 s; no acknowledged write and no event is lost.
 */
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { patience } from "../patience.ts";
import { faultRun, type Stage } from "./fault-run.ts";

const LIVE_AGAIN_MS = 15_000;
/** Only so that a run ends: how long it takes is the machine's affair. */
const RESTARTED_MS = 180_000;

export const killedWorkers = faultRun({
  name: "Workers killed, and all of them restarted, one by one",
  env: () => ({ WORKERS: "4" }),
  withRedis: true,
  async fault(stage) {
    const { world, dice, length, server, demand } = stage;
    demand(server.workers().length === 4, `4 workers, not ${server.workers().length}`);
    const calls = callAllTheTime(server.port, patience(LIVE_AGAIN_MS, length));
    for (let round = 1; round <= (length === "long" ? 5 : 2); round++) {
      await delay(1_000 + dice.roll(length === "long" ? 3_000 : 1_000));
      const victim = dice.pick(server.workers());
      if (victim !== undefined) process.kill(victim, "SIGKILL");
      await world.beat(`A worker is dead, ${round}`, LIVE_AGAIN_MS);
    }
    await restartAll(stage);
    const hung = await calls.stop();
    demand(hung === 0, `${hung} connections were neither answered nor closed`);
  },
});

const CALLERS = 8;

/** New connections while workers come and go: each is answered or closed, none is forgotten. */
function callAllTheTime(port: number, limitMs: number) {
  let stopped = false;
  let hung = 0;
  const callOnce = async () => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.on("error", () => {});
    socket.resume().end("GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    const done = new Promise<true>((resolve) => void socket.once("close", () => resolve(true)));
    if (!(await Promise.race([done, delay(limitMs, false, { ref: false })]))) hung++;
    socket.destroy();
    await delay(20);
  };
  const callers = Array.from({ length: CALLERS }, async () => {
    while (!stopped) await callOnce();
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(callers);
      return hung;
    },
  };
}

async function restartAll({ server, world, demand }: Stage): Promise<void> {
  const before = new Set(server.workers());
  const until = Date.now() + RESTARTED_MS;
  server.program().child.kill("SIGHUP");
  const isDone = () =>
    server.workers().length === 4 && server.workers().every((pid) => !before.has(pid));
  while (!isDone() && Date.now() < until) await world.beat("In a rolling restart", LIVE_AGAIN_MS);
  demand(isDone(), `workers were ${[...before]}, are ${server.workers()}`);
  await world.beat("After a rolling restart", LIVE_AGAIN_MS);
}
