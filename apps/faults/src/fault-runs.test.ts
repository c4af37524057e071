/** The short set: one seed of each fault (SEED=7 plays that one). The long one is `npm run test:faults`. */
import { expect, test } from "vitest";
import { faultRuns } from "./fault-runs.ts";
import { report } from "./oracle/oracle.ts";

const seed = Number(process.env.SEED ?? 1);

for (const { name, onlyOnLinux, run } of faultRuns) {
  const isHere = !onlyOnLinux || process.platform === "linux";
  test.runIf(isHere)(name, { timeout: 180_000 }, async () => {
    const violations = await run(seed, "short");
    expect(violations.length > 0 ? report(name, seed, violations) : "").toBe("");
  });
}
