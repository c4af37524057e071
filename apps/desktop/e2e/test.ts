import { test as base } from "@playwright/test";
import { type Guildhall, startGuildhall } from "./guildhall.ts";

/**
 * With a server that all tests of a Playwright worker share: each makes people and workspaces of its own in it.
 * Only who needs one that is new, set otherwise or killed starts another.
 */
export const test = base.extend<object, { guildhall: Guildhall }>({
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
