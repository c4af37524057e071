import { expect, test } from "vitest";
import { report } from "./oracle/oracle.ts";
import type { FaultRun } from "./runs/fault-run.ts";

const seed = Number(process.env.SEED ?? 1);

/** The short set: one seed of a fault (SEED=7 plays that one). The long one is `npm run test:faults`. */
export function testFault({ name, onlyOnLinux, run }: FaultRun) {
  const isHere = !onlyOnLinux || process.platform === "linux";
  test.runIf(isHere)(name, async () => {
    const violations = await run(seed, "short");
    expect(violations.length > 0 ? report(name, seed, violations) : "").toBe("");
  });
}
