/** Types, lint, format, and what stands where: everything that is read and not run. */
import { run } from "./processes.mjs";

const steps = [
  {
    name: "types of the packages, the server and the scripts",
    program: "tsc",
    args: ["-p", "tsconfig.json"],
  },
  { name: "types of the desktop app", program: "tsc", args: ["-p", "apps/desktop/tsconfig.json"] },
  { name: "lint and format", program: "biome", args: ["check", "--error-on-warnings", "."] },
  {
    name: "layers, circles, sizes and words",
    program: "node",
    args: ["scripts/structure/check.ts"],
  },
];

/** Every step runs, so that one call shows all there is to mend. */
export async function check() {
  const result = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, program, args } of steps) {
    const ok = (await run(program, args)) === 0;
    console.log(`${ok ? "✓" : "✗"} ${name}`);
    result[ok ? "passed" : "failed"]++;
  }
  return result;
}
