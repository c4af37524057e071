/**
 * What the simulation knows of this machine: each constant from a run in which only it changes.
 * `hop` is set: the way through a Redis on the same network.
 */
import { median } from "../measured-program.ts";
import type { Constants } from "./model.ts";
import { follow, HEARTBEAT_SECONDS, memoryOf, type Town, watch, writeAlone } from "./town.ts";

const PROBE = 400;

/** A program that has just started runs slower than it will. */
export async function warmUp(town: Town) {
  const crowd = await follow(town, town.places, PROBE);
  await watch(town, town.places, { writesPerSecond: 60 * town.programs.length, seconds: 5 });
  await crowd.stop();
}

export async function measureConstants(town: Town): Promise<Constants> {
  const places = town.places.slice(0, 1);
  const [empty = Number.NaN] = await memoryOf(town);
  const quiet = await watch(town, places, { writesPerSecond: 0, seconds: 2 });
  const idle = quiet.cpu[0] ?? Number.NaN;
  const alone = await oneByOne(town, idle);

  const crowd = await follow(town, places, PROBE);
  const [full = Number.NaN] = await memoryOf(town);
  const watching = async (writesPerSecond: number, seconds: number) => {
    const seen = await watch(town, places, { writesPerSecond, seconds, crowd });
    return { writes: seen.writes, cpu: seen.cpu[0] ?? Number.NaN };
  };
  const still = await watching(0, 4);
  const many = await watching(20, 4);
  const few = await watching(2, 6);
  await crowd.stop();
  // Two equations: each delivery, and what is asked again in a second that has any.
  const busy = (writes: number) => 1 - Math.exp(-writes);
  const rest = (seen: typeof many) => seen.cpu - still.cpu - seen.writes * alone.write;
  const share = busy(many.writes) / busy(few.writes);
  const delivery = (rest(many) - rest(few) * share) / (PROBE * (many.writes - few.writes * share));
  const recheck = (rest(many) - PROBE * many.writes * delivery) / (PROBE * busy(many.writes));
  return {
    idle,
    empty,
    socket: (full - empty) / PROBE,
    heartbeat: ((still.cpu - idle) / PROBE) * HEARTBEAT_SECONDS,
    write: alone.write,
    delivery,
    recheck: Math.max(0, recheck),
    commit: Math.max(0, alone.answer - alone.write),
    announce: alone.late,
    hop: 0.5,
  };
}

/** Writes that wait for nobody, with one follower: CPU, and how long until it is heard and answered. */
async function oneByOne(town: Town, idle: number) {
  const [place] = town.places;
  const [program] = town.programs;
  if (!place || !program) throw new RangeError("A town has a workspace and a worker.");
  const crowd = await follow(town, [place], 1);
  const before = await program.usage();
  const began = performance.now();
  const answered = await writeAlone(program.url, place, 100);
  const took = (performance.now() - began) / 1_000;
  const spent = ((await program.usage()).cpu - before.cpu) / 1_000;
  const { late } = await crowd.report();
  await crowd.stop();
  const write = (spent - idle * took) / answered.length;
  return { write, answer: median(answered), late: median(late) };
}
