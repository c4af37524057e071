/** What a guest sees of a workspace, and what becomes of a member's page when they are made one. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
let ann: Person;
let ben: Person;
let gina: Person;
let workspaceId: string;

test.beforeEach(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await shared.person("Ann");
  ben = await shared.person("Ben");
  gina = await shared.person("Gina");
  ({ id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" }));
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  await joinWorkspace(ann, gina, { workspaceId, role: "guest" });
  for (const [name, key] of [
    ["Sluice", "SLU"],
    ["Wheel", "WHE"],
  ] as const) {
    const project = await ann.api.projects.create.mutate({ workspaceId, name, key });
    await ann.api.tasks.create.mutate({ projectId: project.id, title: `Oil the ${name}` });
  }
});

async function open(browser: Browser, person: Person, at: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, `${guildhall.url}/w/${workspaceId}${at}`);
  return page;
}

const sidebar = (page: Page) => page.getByRole("navigation", { name: "Workspace" });

test("a guest sees what they are let into, from the moment they are, and nothing else", async ({
  browser,
}) => {
  const page = await open(browser, gina, "/my-work");
  await expect(sidebar(page).getByText("Nothing is shared with you yet.")).toBeVisible();
  await expect(sidebar(page).getByRole("button", { name: /^New/ })).toHaveCount(0);
  expect(await barriers(page)).toEqual([]);

  const annPage = await open(browser, ann, "/p/WHE/settings?tab=access");
  await annPage.getByRole("combobox", { name: "Role for Gina" }).press("Enter");
  await annPage.getByRole("option", { name: "Editor" }).press("Enter");
  await sidebar(page).getByRole("link", { name: "Wheel" }).click();
  await expect(page.getByText("Oil the Wheel")).toBeVisible();
  await expect(sidebar(page).getByRole("link", { name: "Sluice" })).toHaveCount(0);

  await sidebar(page).getByRole("link", { name: "People" }).click();
  // Ann made what is there; Ben is named nowhere in it.
  await expect(page.getByRole("list", { name: "Members" }).getByRole("listitem")).toHaveText([
    /Ann/,
  ]);
  await expect(page.getByText(ann.email)).toHaveCount(0);
  await expect(page.getByText("Ben")).toHaveCount(0);
});

test("a member who is made a guest has nothing of it on their page any more", async ({
  browser,
}) => {
  const benPage = await open(browser, ben, "/p/SLU/board");
  await expect(benPage.getByText("Oil the Sluice")).toBeVisible();

  const annPage = await open(browser, ann, "/members");
  await annPage.getByRole("combobox", { name: "Role for Ben" }).press("Enter");
  await expect(
    annPage.getByText("Only sees the projects and documents you add them to").first(),
  ).toBeVisible();
  await annPage.getByRole("option", { name: "Guest" }).press("Enter");
  const asked = annPage.getByRole("alertdialog", { name: "Make Ben a guest?" });
  await expect(asked).toBeVisible();
  expect(await barriers(annPage)).toEqual([]);
  await asked.getByRole("button", { name: "Make guest" }).press("Enter");
  await expect(
    annPage.getByRole("list", { name: "Guests" }).getByRole("listitem").filter({ hasText: "Ben" }),
  ).toBeVisible();

  await expect(sidebar(benPage).getByText("Nothing is shared with you yet.")).toBeVisible();
  await expect(benPage.getByText("Oil the Sluice")).toHaveCount(0);
});
