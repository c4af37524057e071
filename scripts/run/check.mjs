/** Types, lint, format, and what stands where: everything that is read and not run. */
import { run } from "./processes.mjs";

/** What was found to be right is not looked at again until it changes. */
const incremental = (name) => [
  "--incremental",
  "--tsBuildInfoFile",
  `node_modules/.cache/types/${name}.tsbuildinfo`,
];

const steps = [
  {
    name: "types of the packages, the server and the scripts",
    program: "tsc",
    args: ["-p", "tsconfig.json", ...incremental("packages")],
  },
  {
    name: "types of the desktop app",
    program: "tsc",
    args: ["-p", "apps/desktop/tsconfig.json", ...incremental("desktop")],
  },
  { name: "lint and format", program: "biome", args: ["check", "--error-on-warnings", "."] },
  {
    name: "layers, circles, sizes and words",
    program: "node",
    args: ["scripts/structure/check.ts"],
  },
];

/** Every step runs, so that one call shows all there is to mend. What they say comes together, at the end of each. */
export async function check() {
  const result = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, program, args } of steps) {
    const said = [];
    const ok = (await run(program, args, { onOutput: (text) => said.push(text) })) === 0;
    console.log(`${said.join("")}${ok ? "✓" : "✗"} ${name}`);
    result[ok ? "passed" : "failed"]++;
  }
  return result;
}
