import { test as base } from "@playwright/test";
import { type Guildhall, startGuildhall } from "./guildhall.ts";

/**
 * With a server that all tests of a Playwright worker share: each makes people and workspaces of its own in it.
 * Only who needs one that is new, set otherwise or killed starts another.
 *
 * Playwright closes only the context that it made itself. Pages in others would go on with their work, at the cost
 * of all tests that come after them in this browser.
 */
export const test = base.extend<{ closing: undefined }, { guildhall: Guildhall }>({
  closing: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
  guildhall: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are needed.
    async ({}, use) => {
      const guildhall = await startGuildhall();
      // The first account of a server is greeted otherwise than all others.
      await guildhall.person("First");
      await use(guildhall);
      await guildhall.stop();
    },
    { scope: "worker" },
  ],
});
