/** The page of the server's administrators, by keyboard alone. */
import { readFileSync } from "node:fs";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Locator, type Page } from "@playwright/test";
import { startGuildhall } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { cardIn, fillSignIn, openAs, quickAdd, saveState, textField } from "../people.ts";
import { test } from "../test.ts";

async function startAt(env: Record<string, string>) {
  const guildhall = await startGuildhall(env);
  return { ...guildhall, [Symbol.asyncDispose]: () => guildhall.stop() };
}

async function choose(page: Page, person: string, entry: string, answer: string) {
  await page.getByRole("button", { name: `${person} options` }).press("Enter");
  await page.getByRole("menuitem", { name: entry }).press("Enter");
  await page.getByRole("button", { name: answer, exact: true }).press("Enter");
}

const row = (page: Page, name: string): Locator =>
  page.getByRole("list", { name: "Accounts" }).getByRole("listitem").filter({ hasText: name });

test("an administrator finds the page by the palette, deactivates an account and brings it back", async ({
  page,
  browser,
}) => {
  await using guildhall = await startAt({ AUDIT_KEEP_DAYS: "90" });
  const [ada, bob] = [await guildhall.person("Ada"), await guildhall.person("Bob")];
  await ada.api.workspaces.create.mutate({ name: "Mill" });
  const { id: forge } = await bob.api.workspaces.create.mutate({ name: "Forge" });
  const { id: projectId } = await bob.api.projects.create.mutate({
    ...{ workspaceId: forge, name: "Anvils", key: "ANV" },
  });
  const { key } = await bob.api.tasks.create.mutate({ projectId, title: "Buy coal" });
  const bobs = await (await browser.newContext()).newPage();
  await bobs.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openAs(bobs, bob, `${guildhall.url}/w/${forge}/task/${key}`);
  await bobs.keyboard.press("Control+k");
  await bobs.keyboard.type("Server admin");
  await expect(bobs.getByRole("option", { name: "Server administration" })).toHaveCount(0);
  await bobs.keyboard.press("Escape");
  await textField(bobs, "Comment").focus();
  await bobs.keyboard.type("From the mine at Durham?");

  await openAs(page, ada, guildhall.url);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Server admin");
  await expect(page.getByRole("option", { name: "Server administration" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/instance$/);
  await expect(row(page, "Ada")).toContainText("Administrator");
  await page.getByLabel("Search accounts").fill("bob");
  await expect(row(page, "Ada")).toHaveCount(0);

  await choose(page, "Bob", "Deactivate…", "Deactivate account");
  await expect(row(page, "Bob")).toContainText("Deactivated");
  await expect(bobs.getByText("deactivated by an administrator")).toBeVisible();
  await expect(bobs.getByRole("list", { name: "Unsent text" })).toContainText("mine at Durham?");

  await choose(page, "Bob", "Reactivate…", "Reactivate account");
  await expect(row(page, "Bob")).not.toContainText("Deactivated");
  await bobs.getByRole("button", { name: "Sign in with another account" }).press("Enter");
  await fillSignIn(bobs, bob);
  await expect(textField(bobs, "Comment")).toContainText("mine at Durham?");

  // What waited before they heard of it is kept, over a reload too, and goes out when they are back.
  await bobs.goto(`${guildhall.url}/w/${forge}/p/ANV/board`);
  await expect(cardIn(bobs, "To do", "Buy coal")).toBeVisible();
  await goOffline(bobs.context());
  await quickAdd(bobs, "To do", "Ask for a price");
  await expect(saveState(bobs, "Offline, 1 waiting")).toBeVisible();
  await choose(page, "Bob", "Deactivate…", "Deactivate account");
  await expect(row(page, "Bob")).toContainText("Deactivated");
  await bobs.context().setOffline(false);
  const unsent = bobs.getByRole("list", { name: "Unsent text" }).getByRole("listitem");
  await expect(unsent.filter({ hasText: "Ask for a price" })).toBeVisible();
  await bobs.reload();
  await unsent
    .filter({ hasText: "Ask for a price" })
    .getByRole("button", { name: /^Copy/ })
    .press("Enter");
  await expect(unsent.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await bobs.evaluate(() => navigator.clipboard.readText())).toBe("Ask for a price");
  await choose(page, "Bob", "Reactivate…", "Reactivate account");
  await expect(row(page, "Bob")).not.toContainText("Deactivated");
  await bobs.getByRole("button", { name: "Sign in with another account" }).press("Enter");
  await fillSignIn(bobs, bob);
  await expect(cardIn(bobs, "To do", "Ask for a price")).toBeVisible();
  await expect(saveState(bobs, "Saved")).toBeVisible();

  await choose(page, "Bob", "Make administrator…", "Make administrator");
  await expect(row(page, "Bob")).toContainText("Administrator");
  await page.getByLabel("Search accounts").fill("");
  await choose(page, "Ada", "Remove as administrator…", "Remove as administrator");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
});

test("settings are changed by keyboard, but for those of the environment; health and mail are tried", async ({
  page,
}) => {
  await using guildhall = await startAt({ AUDIT_KEEP_DAYS: "90" });
  const ada = await guildhall.person("Ada");
  await openAs(page, ada, `${guildhall.url}/instance?tab=settings`);
  const kept = page.getByLabel("Audit log retention", { exact: true });
  await expect(kept).toHaveValue("90");
  await expect(kept).not.toBeEditable();
  await expect(page.getByText("Set by the environment (AUDIT_KEEP_DAYS)")).toBeVisible();

  const domains = page.getByLabel("Registration domains", { exact: true });
  await domains.fill("example.org example.com");
  await domains.press("Enter");
  await expect(domains).toHaveValue("example.org, example.com");
  await domains.fill("nonsense");
  await domains.press("Enter");
  await expect(page.getByText("Couldn't save the setting").first()).toBeVisible();
  await page.getByRole("combobox", { name: "Registration", exact: true }).press("Enter");
  await page.getByRole("option", { name: "Closed" }).press("Enter");
  await expect
    .poll(async () => (await ada.api.instance.settings.query()).settings)
    .toMatchObject({
      registration: "closed",
      registrationDomains: ["example.org", "example.com"],
    });

  const largest = page.getByLabel("Largest file", { exact: true });
  await largest.fill("20");
  await largest.press("Enter");
  await expect
    .poll(async () => (await ada.api.instance.settings.query()).settings.uploadMb)
    .toBe(20);

  await page.getByRole("tab", { name: "Settings" }).press("ArrowRight");
  await page.getByRole("tab", { name: "Sign-in" }).press("ArrowRight");
  await page.getByRole("tab", { name: "Health" }).press("Enter");
  await expect(page.getByRole("list", { name: "Parts of this server" })).toContainText(
    "Database is up",
  );
  await expect(page.getByText("No failed jobs")).toBeVisible();
  await expect(page.getByText(/^Never, as far as the audit log/)).toBeVisible();
  await page.getByRole("button", { name: "Send a test mail" }).press("Enter");
  await expect(page.getByText(/it was written to the log/)).toBeVisible();
});

const logged = (page: Page): Locator =>
  page.getByRole("list", { name: "Audit log" }).getByRole("listitem");

test("the audit log is filtered, read on and taken along, by its workspace's owners and for the server", async ({
  page,
  browser,
}) => {
  await using guildhall = await startAt({});
  const [ada, bob] = [await guildhall.person("Ada"), await guildhall.person("Bob")];
  const { id: workspaceId } = await bob.api.workspaces.create.mutate({ name: "Forge" });
  await joinWorkspace(bob, ada, { workspaceId, role: "viewer" });
  for (let index = 0; index < 60; index++) {
    const role = index % 2 ? "viewer" : "editor";
    await bob.api.members.setRole.mutate({ workspaceId, userId: ada.id, role });
  }
  await openAs(page, bob, `${guildhall.url}/w/${workspaceId}/settings?tab=audit`);
  const entries = logged(page);
  await expect(entries).toHaveCount(50);
  await expect(entries.first()).toContainText("Bob changed the role of Ada");
  await expect(entries.first()).toContainText("Role: editor → viewer");
  await page.getByRole("button", { name: "Show more" }).press("Enter");
  await expect(entries.last()).toContainText("created the workspace Forge");

  await page.getByRole("combobox", { name: /^Action/ }).press("Enter");
  await page.keyboard.type("created the workspace");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(entries).toHaveCount(1);
  for (const [format, holds] of [
    ["CSV", "Bob,created the workspace Forge"],
    ["JSON Lines", '"sentence":"created the workspace Forge"'],
  ] as const) {
    await page.getByRole("button", { name: "Export", exact: true }).press("Enter");
    const saved = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: format }).press("Enter");
    expect(readFileSync(await (await saved).path(), "utf8")).toContain(holds);
  }
  await page.getByRole("button", { name: "Clear filters" }).press("Enter");
  await expect(entries.first()).toContainText("exported the audit log");

  const adas = await (await browser.newContext()).newPage();
  await openAs(adas, ada, `${guildhall.url}/instance?tab=audit`);
  await adas.getByRole("combobox", { name: /^Person/ }).press("Enter");
  await adas.keyboard.type("Bob");
  await adas.keyboard.press("Enter");
  await adas.keyboard.press("Escape");
  await expect(logged(adas).first()).toContainText("Bob exported the audit log");
  await expect(logged(adas).first()).toContainText("Forge");
});
