import { defineConfig } from "vitest/config";

const folders = [
  "packages/db",
  "packages/document-model",
  "packages/importers",
  "packages/api",
  "packages/testing",
  "apps/server",
  "apps/faults",
  "scripts",
  "examples",
  "deploy",
];

export default defineConfig({
  test: {
    // Real servers are started and stopped in these tests, on machines with two slow cores too.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      "apps/desktop/vitest.config.ts",
      ...folders.map((root) => ({
        extends: true as const,
        test: {
          name: root,
          root,
          include: ["**/*.test.ts"],
          globalSetup: [`${import.meta.dirname}/packages/db/testing/global-setup.ts`],
        },
      })),
    ],
  },
});
