/**
 * The long set of fault runs: an hour and more. Words name some of them, SEED=7 one seed. The word `offline`, and it
 * alone, plays those in a browser: 200 edits without a connection, the browser and the server killed (EDITS, SEEDS).
 */
import { build } from "./build.mjs";
import { run } from "./processes.mjs";
import { ensureRedis } from "./redis.mjs";
import { runPages } from "./test.mjs";

export async function testFaults(args) {
  if (args.length === 1 && args[0] === "offline") return playOffline();
  await ensureRedis();
  return run("node", ["apps/faults/src/long.ts", ...args]);
}

async function playOffline() {
  process.env.EDITS ??= "200";
  process.env.SEEDS ??= "20";
  await build();
  const { failed } = await runPages(["killed-offline", "--retries=0"]);
  return failed === 0 ? 0 : 1;
}
