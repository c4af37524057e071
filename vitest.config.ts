import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

/** Node runs these files as they are. */
const onNode = {
  experimental: { viteModuleRunner: false, nodeLoader: false },
  execArgv: ["--import", path.join(root, "scripts/from-source.mjs")],
  globalSetup: [path.join(root, "packages/db/testing/global-setup.ts")],
  // Against what hangs, and no bound of speed: real servers start here, on whatever machine.
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
};

export default defineConfig({
  test: {
    // Otherwise one core is left to vitest itself, which has nothing to do.
    maxWorkers: availableParallelism(),
    projects: [
      "apps/desktop/vitest.config.ts",
      {
        test: {
          ...onNode,
          name: "packages",
          include: ["packages/**/*.test.ts"],
          // What the files share is loaded once for each worker.
          isolate: false,
        },
      },
      {
        test: {
          ...onNode,
          name: "programs",
          include: ["apps/server", "apps/faults", "scripts", "examples", "deploy"].map(
            (folder) => `${folder}/**/*.test.ts`,
          ),
        },
      },
    ],
  },
});
