import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

/** The real pages, as the built server serves them, in an installed Chromium. */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  testMatch: "*.spec.ts",
  fullyParallel: true,
  outputDir: "test-results",
  // Each file has a server and a browser of its own; a page that waits for a server leaves a core free.
  workers: availableParallelism(),
  // Against what hangs, and no bound of speed.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  // What passes only when tried again is named at the end of the run: it is a race of the page or of its test.
  retries: 1,
  use: {
    serviceWorkers: "block",
    actionTimeout: 120_000,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
});
