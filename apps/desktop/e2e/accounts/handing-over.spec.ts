/** Handing over a workspace, leaving it with what only one could see, and letting a guest into one project. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Person } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

async function open(browser: Browser, person: Person, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, url);
  return page;
}

test("an owner hands over by keyboard; who leaves is told what only they could see, and hands it on", async ({
  browser,
  guildhall,
}) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Forge" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const page = await open(browser, ann, `${guildhall.url}/w/${workspaceId}/members`);
  await page.getByRole("button", { name: "Options for Ann" }).press("Enter");
  await page.getByRole("menuitem", { name: "Hand over workspace…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Hand over Forge" });
  await expect(dialog.getByRole("combobox", { name: "New owner" })).toHaveText(/Ben/);
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Hand over" }).press("Enter");
  await expect(page.getByText("Ben now owns Forge")).toBeVisible();
  await expect(dialog).toBeHidden();

  const draft = await ann.api.documents.create.mutate({ workspaceId, title: "My draft" });
  await ann.api.documents.setVisibility.mutate({ id: draft.id, visibility: "private" });
  await page.getByRole("button", { name: "Options for Ann" }).press("Enter");
  await page.getByRole("menuitem", { name: "Leave workspace…" }).press("Enter");
  const leaving = page.getByRole("alertdialog", { name: "Leave Forge?" });
  await expect(leaving).toContainText("“My draft”");
  await leaving.getByRole("combobox", { name: /Hand private/ }).press("Enter");
  await page.getByRole("option", { name: "Hand to Ben" }).click();
  expect(await barriers(page)).toEqual([]);
  await leaving.getByRole("button", { name: "Leave workspace" }).press("Enter");
  await expect(page.getByText("You left Forge")).toBeVisible();
  const there = await ben.api.documents.get.query({ id: draft.id });
  expect(there).toMatchObject({ title: "My draft", role: "owner" });
});

test("a link of a project's access tab lets a guest into that project, and says so first", async ({
  browser,
  guildhall,
}) => {
  const [ann, gus] = [await guildhall.person("Ann"), await guildhall.person("Gus")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Forge" });
  await ann.api.projects.create.mutate({ workspaceId, name: "Anvil", key: "ANV" });
  await ann.api.projects.create.mutate({ workspaceId, name: "Bellows", key: "BEL" });
  const settings = `${guildhall.url}/w/${workspaceId}/p/ANV/settings?tab=access`;
  const page = await open(browser, ann, settings);
  await page.getByRole("button", { name: "Create link" }).press("Enter");
  const link = await page.getByLabel("Invitation link").inputValue();
  expect(await barriers(page)).toEqual([]);
  const { pathname, search } = new URL(link);
  const guest = await open(browser, gus, guildhall.url + pathname + search);
  await expect(guest.getByText("You get Anvil, as viewer.")).toBeVisible();
  expect(await barriers(guest)).toEqual([]);
  await guest.getByRole("button", { name: "Join Forge" }).press("Enter");
  await guest.waitForURL(`**/w/${workspaceId}**`);
  const projects = await gus.api.projects.list.query({ workspaceId });
  expect(projects.map(({ name, role }) => [name, role])).toEqual([["Anvil", "viewer"]]);
});
