/** The long set of fault runs: a line for each, and at the end how many passed. `SEED=7` plays that one alone. */
import { faultRuns } from "./fault-runs.ts";
import { report } from "./oracle.ts";

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

const seeds = process.env.SEED ? [Number(process.env.SEED)] : SEEDS;
/** Only runs whose name has one of these words in it. */
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = faultRuns.filter(
  ({ name, onlyOnLinux }) =>
    (!onlyOnLinux || process.platform === "linux") &&
    (words.length === 0 || words.some((word) => name.toLowerCase().includes(word))),
);

const total = { passed: 0, failed: 0 };
for (const seed of seeds) {
  for (const { name, run } of chosen) {
    const from = Date.now();
    const violations = await run(seed, "long");
    const seconds = Math.round((Date.now() - from) / 1_000);
    const isGood = violations.length === 0;
    total[isGood ? "passed" : "failed"]++;
    console.log(`${isGood ? "✓" : "✗"} ${name}, seed ${seed} (${seconds} s)`);
    if (!isGood) console.log(report(name, seed, violations));
  }
}
// Nothing failed because nothing ran is no success.
if (total.passed + total.failed === 0) total.failed = 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
