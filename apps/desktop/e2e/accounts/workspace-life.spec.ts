/** Links for whoever has them; a workspace's settings, its deletion and its return. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

const narrow = { width: 380, height: 800 };

async function open(browser: Browser, person: Person, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, url);
  return page;
}

async function workspaceOf(guildhall: Guildhall, name: string) {
  const ann = await guildhall.person("Ann");
  const { id } = await ann.api.workspaces.create.mutate({ name });
  return { ann, id };
}

test("an owner makes a link by keyboard, and who has it joins; a pasted list has an answer for each", async ({
  browser,
  guildhall,
}) => {
  const { ann, id } = await workspaceOf(guildhall, "Old Mill");
  const page = await open(browser, ann, `${guildhall.url}/w/${id}/members`);
  await page.getByRole("button", { name: "Create link" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Create an invitation link" });
  await dialog.getByLabel("Name").fill("Summer school");
  await dialog.getByLabel("Number of people").fill("1");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Enter");
  const link = await dialog.getByLabel("Invitation link").inputValue();
  await dialog.getByRole("button", { name: "Done" }).press("Enter");
  const pending = page.getByRole("list", { name: "Pending invitations" });
  await expect(pending.getByText("Summer school")).toBeVisible();

  const { pathname, search } = new URL(link);
  const stranger = await (await browser.newContext({ viewport: narrow })).newPage();
  await stranger.goto(guildhall.url + pathname + search);
  await expect(stranger.getByText("Ann invites you as editor")).toBeVisible();
  expect(await barriers(stranger)).toEqual([]);
  const ben = await guildhall.person("Ben");
  const bens = await open(browser, ben, guildhall.url + pathname + search);
  await bens.getByRole("button", { name: "Join Old Mill" }).press("Enter");
  await bens.waitForURL(`**/w/${id}**`);
  // Live, without asking.
  await expect(pending.getByText("Joined: Ben")).toBeVisible();
  await expect(pending.getByText("Used up")).toBeVisible();

  await page.getByRole("button", { name: "Invite several people" }).click();
  const many = page.getByRole("dialog", { name: "Invite several people" });
  await many.getByLabel("Email addresses").fill("Eva <eva@example.org>\nnobody, eva@example.org");
  await many.getByRole("button", { name: "Send invitations" }).click();
  await expect(many.getByText("1 of 3 invited")).toBeVisible();
  await expect(many.getByText("Not an email address")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});

test("what an owner sets holds at once; a deleted workspace says so everywhere, and comes back", async ({
  browser,
  guildhall,
}) => {
  const { ann, id } = await workspaceOf(guildhall, "Forge");
  const ben = await guildhall.person("Ben");
  await joinWorkspace(ann, ben, { workspaceId: id, role: "editor" });
  const bens = await open(browser, ben, `${guildhall.url}/w/${id}/members`);
  const page = await open(browser, ann, `${guildhall.url}/w/${id}/settings?tab=workspace`);
  await expect(bens.getByRole("button", { name: "Create link" })).toBeHidden();
  await page.getByRole("combobox", { name: "Who can invite people" }).click();
  await page.getByRole("option", { name: "Owners and editors" }).click();
  await expect(bens.getByRole("button", { name: "Create link" })).toBeVisible();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize(narrow);
  expect(await barriers(page)).toEqual([]);

  await page.getByRole("button", { name: "Delete workspace…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete Forge?" });
  await expect(dialog.getByRole("button", { name: "Delete workspace" })).toBeDisabled();
  await dialog.getByLabel("Type “Forge” to confirm").fill("Forge");
  await page.keyboard.press("Enter");
  for (const each of [page, bens]) {
    await expect(each.getByRole("heading", { name: "Forge was deleted" })).toBeVisible();
    expect(await barriers(each)).toEqual([]);
  }
  await expect(bens.getByText("Its owners can restore it.")).toBeVisible();
  await expect(bens.getByRole("button", { name: "Restore workspace" })).toBeHidden();

  // From another workspace, by the switcher.
  const other = await ann.api.workspaces.create.mutate({ name: "Barn" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${guildhall.url}/w/${other.id}/members`);
  await page.getByRole("button", { name: "Barn" }).click();
  await page.getByRole("menuitem", { name: "Deleted workspaces" }).press("Enter");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Restore Forge" }).press("Enter");
  await expect(bens.getByRole("list", { name: "Members" })).toBeVisible();
});

test("a deleted project is gone for everybody at once, and comes back by Undo or from the settings", async ({
  browser,
  guildhall,
}) => {
  const { ann, id: workspaceId } = await workspaceOf(guildhall, "Forge");
  const ben = await guildhall.person("Ben");
  await joinWorkspace(ann, ben, { workspaceId, role: "viewer" });
  const named = { workspaceId, name: "Anvil", key: "ANV" };
  const { id: projectId } = await ann.api.projects.create.mutate(named);
  await ann.api.tasks.create.mutate({ projectId, title: "Heat the iron" });
  const place = `${guildhall.url}/w/${workspaceId}`;
  const bens = await open(browser, ben, `${place}/p/ANV/board`);
  const task = bens.getByRole("listitem").filter({ hasText: "Heat the iron" });
  await expect(task).toBeVisible();
  const page = await open(browser, ann, `${place}/p/ANV/settings`);

  const erase = async () => {
    await page.getByRole("button", { name: "Delete project…" }).press("Enter");
    const dialog = page.getByRole("dialog", { name: "Delete Anvil?" });
    await expect(dialog.getByRole("button", { name: "Delete project" })).toBeDisabled();
    await dialog.getByLabel("Type “Anvil” to confirm").fill("Anvil");
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Deleted Anvil")).toBeVisible();
    await expect(bens.getByRole("heading", { name: /not found/ })).toBeVisible();
  };
  await erase();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(task).toBeVisible();

  await page.goto(`${place}/p/ANV/settings`);
  await erase();
  await page.goto(`${place}/settings?tab=workspace`);
  const deleted = page.getByRole("list", { name: "Deleted projects" });
  await expect(deleted).toContainText("Anvil");
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Restore Anvil" }).press("Enter");
  await expect(task).toBeVisible();
  await expect(deleted).toBeHidden();
});
