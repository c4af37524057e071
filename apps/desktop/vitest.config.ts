import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: [
      { find: "@", replacement: resolve(import.meta.dirname, "src/renderer/src") },
      // There is no Electron in a test of functions: a double whose contract the real one is held to as well.
      {
        find: /^electron$/,
        replacement: resolve(import.meta.dirname, "testing/electron/index.ts"),
      },
    ],
  },
  test: {
    name: "desktop",
    include: ["{src,packaging,testing}/**/*.test.{ts,tsx}"],
    // What they share is loaded once for each worker.
    isolate: false,
    unstubGlobals: true,
    // The same for all projects, else vitest runs none.
    maxWorkers: availableParallelism() + 1,
    // Against what hangs, and no bound of speed.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
  },
});
