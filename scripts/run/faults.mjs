/** The long set of fault runs: an hour and more. Words name some of them, SEED=7 one seed. */
import { run } from "./processes.mjs";
import { ensureRedis } from "./redis.mjs";

export async function testFaults(args) {
  await ensureRedis();
  return run("node", ["apps/faults/src/long.ts", ...args]);
}
