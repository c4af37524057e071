/** The page of groups: made, filled, renamed and deleted by keyboard, live on another's page. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { openAs, textField } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
let ann: Person;
let ben: Person;
let cleo: Person;
let workspaceId: string;

test.beforeEach(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await shared.person("Ann");
  ben = await shared.person("Ben");
  cleo = await shared.person("Cleo");
  ({ id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" }));
  for (const person of [ben, cleo])
    await joinWorkspace(ann, person, { workspaceId, role: "viewer" });
});

async function open(browser: Browser, person: Person, at: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, `${guildhall.url}/w/${workspaceId}${at}`);
  return page;
}

const line = (page: Page, name: string) =>
  page
    .getByRole("list", { name: "Groups" })
    .locator(":scope > li")
    .filter({ has: page.getByRole("button", { name: new RegExp(`^${name} @`) }) });

async function choosePerson(page: Page, name: string) {
  const field = page.getByRole("combobox", { name: "People", exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type(name);
  const option = page.getByRole("option", { name });
  await expect(option).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("Enter");
  await expect(option).toHaveAttribute("aria-selected", "true");
  await field.fill("");
}

test("a group is made, filled, given a role and deleted by keyboard, live for the others", async ({
  browser,
}) => {
  const page = await open(browser, ann, "/my-work");
  const benPage = await open(browser, ben, "/members?tab=groups");
  await expect(benPage.getByText("No groups yet")).toBeVisible();
  await expect(benPage.getByRole("button", { name: "New group" })).toHaveCount(0);

  await expect(page.getByRole("heading", { name: "My work" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Type a command or search…").fill("Groups");
  await expect(page.getByRole("option", { name: /^Groups/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "New group" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "New group" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.type("Design");
  await page.keyboard.press("Enter");

  await page.getByRole("combobox", { name: "Add people to Design" }).press("Enter");
  await choosePerson(page, "Ben");
  await choosePerson(page, "Cleo");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Add 2 people" }).press("Enter");
  const people = page.getByRole("list", { name: "People in Design" }).getByRole("listitem");
  await expect(people).toHaveText(["Ben", "Cleo"]);
  await expect(line(benPage, "Design")).toContainText("@design · 2 members");
  expect(await barriers(page)).toEqual([]);

  await page.getByRole("combobox", { name: "Role for Design in the workspace" }).press("Enter");
  await page.getByRole("option", { name: "Editor" }).press("Enter");
  await expect(line(benPage, "Design")).toContainText("Editor");
  expect((await ben.api.workspaces.open.query({ workspaceId })).role).toBe("editor");

  await page.getByRole("button", { name: "Remove Cleo from Design" }).press("Enter");
  await expect(people).toHaveText(["Ben"]);
  await expect(line(benPage, "Design")).toContainText("1 member");

  await page.getByRole("button", { name: "Options for Design" }).press("Enter");
  await page.getByRole("menuitem", { name: "Edit group…" }).press("Enter");
  const edited = page.getByRole("dialog", { name: "Edit Design" });
  await edited.getByLabel("Name").fill("Drawing");
  await page.keyboard.press("Enter");
  await expect(line(benPage, "Drawing")).toBeVisible();
  await expect(edited).toHaveCount(0);

  await page.getByRole("button", { name: "Options for Drawing" }).press("Enter");
  await page.getByRole("menuitem", { name: "Delete group…" }).press("Enter");
  const asked = page.getByRole("alertdialog", { name: "Delete the group Drawing?" });
  await expect(asked).toContainText("its role in the workspace (Editor)");
  await asked.getByRole("button", { name: "Delete group" }).press("Enter");
  await expect(benPage.getByText("No groups yet")).toBeVisible();
  expect((await ben.api.workspaces.open.query({ workspaceId })).role).toBe("viewer");
});

test("a group is mentioned and assigned like a person, and what it is called stays true", async ({
  browser,
}) => {
  const project = await ann.api.projects.create.mutate({
    workspaceId,
    name: "Wheel",
    key: "WHEEL",
  });
  const made = { projectId: project.id, title: "Mend the race" };
  const { id: taskId } = await ann.api.tasks.create.mutate(made);
  const memberIds = [ben.id, cleo.id];
  const { id } = await ann.api.groups.create.mutate({ workspaceId, name: "Design", memberIds });
  const page = await open(browser, ann, "/task/WHEEL-1");
  await textField(page, "Comment").click();
  await page.keyboard.type("Look, @des");
  await expect(page.getByRole("option", { name: /Design/ })).toContainText("2 members");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  const chip = page.getByRole("article").locator(".mention");
  await expect(chip).toHaveText("@Design");
  const said = async () => (await ann.api.comments.list.query({ taskId }))[0]?.body;
  await expect.poll(said).toContain(`[@Design](guildhall:group/${id})`);

  await page.getByRole("combobox", { name: "Assignees Assign" }).press("Enter");
  const field = page.getByRole("combobox", { name: "Assignees", exact: true });
  await expect(field).toBeFocused();
  await page.keyboard.type("Design");
  const option = page.getByRole("option", { name: "Design" });
  await expect(option).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("Enter");
  await expect(option).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("combobox", { name: /Assignees.*Design/ })).toBeVisible();

  const bens = await open(browser, ben, "/my-work");
  await expect(bens.getByRole("row", { name: /Mend the race/ })).toBeVisible();
  await ann.api.groups.removeMembers.mutate({ id, userIds: [ben.id] });
  await expect(bens.getByRole("row", { name: /Mend the race/ })).toHaveCount(0);

  const cleos = await open(browser, cleo, `/p/WHEEL/list?assignee=${cleo.id}`);
  await expect(cleos.getByRole("row", { name: /Mend the race/ })).toBeVisible();
  await ann.api.groups.update.mutate({ id, patch: { name: "Drawing" } });
  await expect(chip).toHaveText("@Drawing");
  await expect(page.getByRole("combobox", { name: /Assignees.*Drawing/ })).toBeVisible();
  await ann.api.groups.delete.mutate({ id });
  await expect(chip).toHaveText("@Design (deleted group)");
  await expect(cleos.getByRole("row", { name: /Mend the race/ })).toHaveCount(0);
});
