/** The long set of fault runs: a line for each, and at the end how many passed. `SEED=7` plays that one alone. */

import { faultRuns } from "./fault-runs.ts";
import { report } from "./oracle/oracle.ts";
import type { FaultRun } from "./runs/fault-run.ts";

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

const seeds = process.env.SEED ? [Number(process.env.SEED)] : SEEDS;
/** Only runs whose name has one of these words in it. */
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = faultRuns.filter(
  ({ name, onlyOnLinux }) =>
    (!onlyOnLinux || process.platform === "linux") &&
    (words.length === 0 || words.some((word) => name.toLowerCase().includes(word))),
);

/** The report of what was violated; empty when nothing was. */
async function play({ name, run }: FaultRun, seed: number): Promise<string> {
  try {
    const violations = await run(seed, "long");
    return violations.length > 0 ? report(name, seed, violations) : "";
  } catch (error) {
    // The others are still worth playing.
    return `${name} with SEED=${seed} could not be played: ${error instanceof Error ? error.stack : error}`;
  }
}

// A Postgres that ends keeps nobody waiting by itself: node would see nothing left to do, and exit.
setInterval(() => {}, 60_000);
const total = { passed: 0, failed: 0 };
for (const seed of seeds) {
  for (const run of chosen) {
    const from = Date.now();
    const failure = await play(run, seed);
    const seconds = Math.round((Date.now() - from) / 1_000);
    total[failure ? "failed" : "passed"]++;
    console.log(`${failure ? "✗" : "✓"} ${run.name}, seed ${seed} (${seconds} s)`);
    if (failure) console.log(failure);
  }
}
// Nothing failed because nothing ran is no success.
if (total.passed + total.failed === 0) total.failed = 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
