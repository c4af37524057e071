/** What the desktop app's pages say of its updates. The app around them is a stand-in; its own side is src/main/updates. */
import { expect, type Page } from "@playwright/test";
import type { UpdateState } from "../../src/shared/updates.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

declare global {
  interface Window {
    become(state: UpdateState): void;
    asked: string[];
  }
}

/** Puts around the page what the preload does; every other call is answered with nothing. */
const standIn = (page: Page, serverUrl: string) =>
  page.addInitScript((url) => {
    const listeners: ((state: UpdateState) => void)[] = [];
    let update: UpdateState = { kind: "current", checkedAt: null };
    window.asked = [];
    window.become = (state) => {
      update = state;
      for (const listener of listeners) listener(state);
    };
    const known: Record<string, unknown> = {
      os: "linux",
      version: "1.0.0",
      getServerUrl: async () => url,
      listProfiles: async () => [],
      getUpdate: async () => update,
      checkForUpdate: async () => void window.asked.push("check"),
      installUpdate: async () => void window.asked.push("install"),
      on: (name: string, listener: (state: UpdateState) => void) => {
        if (name === "updateChanged") listeners.push(listener);
        return () => {};
      },
    };
    const guildhall = new Proxy(known, {
      get: (target, name) => (name in target ? target[String(name)] : async () => null),
    });
    Object.defineProperty(window, "guildhall", { value: guildhall });
  }, serverUrl);

test("an update is offered quietly, where one looks for it, and what was refused is said there", async ({
  page,
  guildhall,
}) => {
  const ann = await guildhall.person("Ann");
  const { id } = await ann.api.workspaces.create.mutate({ name: "Mill" });
  await standIn(page, guildhall.url);
  await openAs(page, ann, `${guildhall.url}/w/${id}/settings?tab=about`);
  const app = page.getByRole("region", { name: "This app" });
  await expect(app).toContainText("Version 1.0.0");
  await app.getByRole("button", { name: "Check for updates" }).click();
  await expect.poll(() => page.evaluate(() => window.asked)).toEqual(["check"]);

  await page.evaluate(() => window.become({ kind: "refused", why: "The update isn't signed." }));
  await expect(app.getByRole("status")).toHaveText("The update isn't signed.");

  await page.evaluate(() => window.become({ kind: "ready", version: "1.1.0" }));
  await expect(app).toContainText("Version 1.1.0 is ready");
  await app.getByRole("button", { name: "Restart to update" }).click();
  await expect.poll(() => page.evaluate(() => window.asked)).toEqual(["check", "install"]);
});
