import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "vitest/config";

const folders = [
  "packages/db",
  "packages/api",
  "apps/server",
  "scripts",
  "examples",
  "bench",
  "deploy",
];

/** A folder without a test yet is no project: vitest fails on one that finds nothing. */
function hasTests(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.some((name) => /\.test\.ts$/.test(name) && !name.includes("node_modules"));
}

export default defineConfig({
  test: {
    // Real servers are started and stopped in these tests, on machines with two slow cores too.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      "apps/desktop/vitest.config.ts",
      ...folders.filter(hasTests).map((root) => ({
        extends: true as const,
        test: {
          name: root,
          root,
          include: ["**/*.test.ts"],
          globalSetup: [`${import.meta.dirname}/packages/db/src/testing-global.ts`],
        },
      })),
    ],
  },
});
