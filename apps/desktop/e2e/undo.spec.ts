import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "./guildhall.ts";
import { cardIn, column, enter, quickAdd, saveState, textField } from "./people.ts";
import { test } from "./test.ts";

let guildhall: Guildhall;
let ann: Person;
test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
});

let made = 0;
/** A workspace with a project, and the page of its owner on the board. */
async function board(page: Page) {
  const { api } = ann;
  const key = `APP${++made}`;
  const { id: workspaceId } = await api.workspaces.create.mutate({ name: key });
  const project = await api.projects.create.mutate({ workspaceId, name: "App", key });
  const projectId = project.id;
  const statusOf = (category: string) =>
    project.statuses.find((status) => status.category === category)?.id ?? "";
  const task = (title: string, more: { statusId?: string; dueDate?: string } = {}) =>
    api.tasks.create.mutate({ projectId, title, ...more });
  const open = async (path = `/p/${key}/board`) => {
    await page.goto(`${guildhall.url}/w/${workspaceId}${path}`);
  };
  await enter(page, ann, guildhall.url);
  return { api, key, workspaceId, projectId, statusOf, task, open };
}

/** Of the card that has the focus, by its key. */
async function setStatus(page: Page, name: string) {
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

const titlesIn = (page: Page, name: string) =>
  column(page, name)
    .locator("[data-task-id]")
    .evaluateAll((cards) => cards.map((card) => card.textContent?.match(/card \w/)?.[0]));

/** The page's scroller that holds this element, at this height from now on. */
async function scroll(page: Page, selector: string, top: number) {
  await page
    .locator(selector)
    .first()
    .evaluate((element, to) => {
      let scroller: Element | null = element;
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) {
        scroller = scroller.parentElement;
      }
      scroller?.scrollTo({ top: to });
    }, top);
}
const scrolled = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      let scroller: Element | null = element;
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) {
        scroller = scroller.parentElement;
      }
      return Math.round(scroller?.scrollTop ?? -1);
    });

test("a status set by key comes back to its place with Ctrl+Z, and goes again with Ctrl+Shift+Z", async ({
  page,
}) => {
  const { task, open } = await board(page);
  for (const name of ["a", "b", "c"]) await task(`card ${name}`);
  await open();
  await cardIn(page, "To do", "card a").focus();
  await setStatus(page, "Done");
  await expect(cardIn(page, "Done", "card a")).toBeVisible();
  expect(await titlesIn(page, "To do")).toEqual(["card b", "card c"]);
  await expect(saveState(page, "Saved")).toBeVisible();

  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(cardIn(page, "To do", "card a")).toBeVisible();
  await expect.poll(() => titlesIn(page, "To do")).toEqual(["card a", "card b", "card c"]);
  await expect(saveState(page, "Saved")).toBeVisible();
  expect(await titlesIn(page, "To do")).toEqual(["card a", "card b", "card c"]);
  await page.keyboard.press("Control+Shift+Z");
  await expect(cardIn(page, "Done", "card a")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(cardIn(page, "To do", "card a")).toBeVisible();
  await page.keyboard.press("Control+y");
  await expect(cardIn(page, "Done", "card a")).toBeVisible();
});

test("an undo keeps what somebody else has changed since, and says so", async ({ page }) => {
  const { api, task, open } = await board(page);
  const { id, key } = await task("card a");
  await open();
  await cardIn(page, "To do", "card a").focus();
  await setStatus(page, "Done");
  await expect(cardIn(page, "Done", "card a")).toBeVisible();
  await expect(saveState(page, "Saved")).toBeVisible();
  const statuses = await api.tasks.get.query({ id });
  await api.tasks.update.mutate({ id, patch: { title: "card b" } });
  await api.tasks.move.mutate({ id, statusId: statuses.statusId });
  await expect(cardIn(page, "Done", "card b")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(page.getByText(`Undid: Edit ${key}`)).toBeVisible();
  await expect(saveState(page, "Saved")).toBeVisible();
  expect(await api.tasks.get.query({ id })).toMatchObject({ title: "card b" });
});

test("what somebody else has worked on stays, also when it is new, and is named", async ({
  page,
}) => {
  const { api, key, workspaceId, task, open } = await board(page);
  await task("card z");
  const ben = await guildhall.person("Ben");
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  await open();
  await quickAdd(page, "To do", "card a");
  await expect(saveState(page, "Saved")).toBeVisible();
  const { id: taskId } = await ben.api.tasks.getByKey.query({ workspaceId, key: `${key}-2` });
  await ben.api.comments.create.mutate({ taskId, body: "I take it" });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Not everything was undone")).toBeVisible();
  await expect(page.getByText(`${key}-2 has been changed by someone else since.`)).toBeVisible();
  await expect(cardIn(page, "To do", "card a")).toBeVisible();

  const make = (title: string) => api.documents.create.mutate({ workspaceId, title });
  const guide = await make("Guide");
  for (const title of ["Rota", "Tools"]) await make(title);
  const line = (title: string) => page.getByRole("treeitem", { name: title, exact: true });
  const order = () =>
    page
      .getByRole("treeitem", { name: /^(Guide|Rota|Tools)$/ })
      .evaluateAll((lines) => lines.map((each) => each.getAttribute("aria-label")));
  await open("/documents");
  await line("Tools").focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(order).toEqual(["Guide", "Tools", "Rota"]);
  await expect(saveState(page, "Saved")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect.poll(order).toEqual(["Guide", "Rota", "Tools"]);
  await page.keyboard.press("Control+Shift+Z");
  await expect.poll(order).toEqual(["Guide", "Tools", "Rota"]);
  await expect(saveState(page, "Saved")).toBeVisible();
  // Among the same siblings Ben puts it elsewhere.
  const { items } = await ben.api.documents.list.query({ workspaceId });
  const tools = items.find(({ title }) => title === "Tools")?.id ?? "";
  await ben.api.documents.move.mutate({ id: tools, beforeId: guide.id });
  await expect.poll(order).toEqual(["Tools", "Guide", "Rota"]);
  await page.keyboard.press("Control+z");
  await expect(page.getByText("“Tools” has been changed by someone else since.")).toBeVisible();
  await expect.poll(order).toEqual(["Tools", "Guide", "Rota"]);
});

test("E edits on the board as in the panel, Shift+Backspace archives, also by a Russian keyboard", async ({
  page,
}) => {
  const { task, open } = await board(page);
  await task("card a");
  await task("card b");
  await open();
  await cardIn(page, "To do", "card a").focus();
  await page.keyboard.press("e");
  const editor = page.getByRole("textbox", { name: "Description" });
  await expect(editor).toBeFocused();
  await page.keyboard.type("Written with E");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Written with E")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Written with E")).toBeHidden();

  await cardIn(page, "To do", "card b").focus();
  await page.evaluate(() => {
    const key = { key: "у", code: "KeyE", bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", key));
  });
  await expect(editor).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await cardIn(page, "To do", "card b").focus();
  await page.keyboard.press("Shift+Backspace");
  await expect(cardIn(page, "To do", "card b")).toBeHidden();
  await expect(page.getByText(/archived/).first()).toBeVisible();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog");
  await expect(sheet.getByText("Edit the description").first()).toBeVisible();
  await expect(sheet.getByText("Redo").first()).toBeVisible();
});

test("a deleted parent and blocker are shown, and can be taken off; a copy is saved", async ({
  page,
}) => {
  const { api, task, open } = await board(page);
  const [parent, blocker, child] = [
    await task("Parent"),
    await task("Blocker"),
    await task("Child"),
  ];
  const patch = { parentId: parent.id, blockedByIds: [blocker.id] };
  await api.tasks.update.mutate({ id: child.id, patch });
  await api.tasks.deleteMany.mutate({ ids: [parent.id, blocker.id] });
  await open(`/task/${child.key}`);
  const deleted = page.getByRole("region", { name: "Properties" }).getByText("Deleted task");
  await expect(deleted).toHaveCount(2);
  await page.keyboard.press("Control+d");
  await expect(page.getByRole("heading", { name: "Child (copy)" }).first()).toBeVisible();
  await expect(saveState(page, "Saved")).toBeVisible();
  await page.goBack();
  await deleted.first().hover();
  await page.getByRole("button", { name: "Parent: remove the deleted task" }).click();
  await expect(deleted).toHaveCount(1);
  await deleted.first().hover();
  await page.getByRole("button", { name: "Blocked by: remove the deleted task" }).click();
  await expect(deleted).toHaveCount(0);
  await expect(saveState(page, "Saved")).toBeVisible();
  const now = await api.tasks.get.query({ id: child.id });
  expect(now).toMatchObject({ parentId: null, blockedByIds: [] });
});

test("back and forward find column, list and document where they were; a filter begins at the top", async ({
  page,
}) => {
  const { api, key, workspaceId, task, open } = await board(page);
  await Promise.all(Array.from({ length: 80 }, (_, i) => task(`card ${i}`)));
  const { id: documentId } = await api.documents.create.mutate({ workspaceId, title: "Long" });
  await open();
  const card = 'section[aria-label^="To do,"] [role="list"]';
  await expect(column(page, "To do", 80)).toBeVisible();
  await scroll(page, card, 1500);
  await page.getByRole("link", { name: "My work" }).first().click();
  await expect(page).toHaveURL(/my-work|\/w\/[^/]+\/?$/);
  await page.goBack();
  await expect.poll(() => scrolled(page, card)).toBe(1500);
  await page.reload();
  await expect.poll(() => scrolled(page, card)).toBe(1500);

  const list = `${guildhall.url}/w/${workspaceId}/p/${key}/list`;
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL(list);
  const grid = '[role="grid"]';
  await scroll(page, grid, 1200);
  await page.goBack();
  await expect.poll(() => scrolled(page, card)).toBe(1500);
  await page.goForward();
  await expect.poll(() => scrolled(page, grid)).toBe(1200);
  await page.goBack();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await page.getByRole("link", { name: "Long" }).first().click();
  await expect(page).toHaveURL(new RegExp(documentId));
  const text = page.locator(".ProseMirror").first();
  await text.click();
  await page.keyboard.insertText(Array.from({ length: 120 }, (_, i) => `Line ${i}`).join("\n"));
  await expect(saveState(page, "Saved")).toBeVisible();
  await scroll(page, ".ProseMirror", 900);
  await page.getByRole("link", { name: "My work" }).first().click();
  await page.goBack();
  await expect.poll(() => scrolled(page, ".ProseMirror")).toBe(900);

  await open(`/p/${key}/board`);
  await expect(column(page, "To do", 80)).toBeVisible();
  await scroll(page, card, 1500);
  await page.keyboard.press("f");
  await page.keyboard.type("card");
  await expect.poll(() => scrolled(page, card)).toBe(0);
});

test("My work turns over at midnight of where its reader is", async ({ browser }) => {
  const context = await browser.newContext({ timezoneId: "Pacific/Auckland" });
  const page = await context.newPage();
  const { api, task, open } = await board(page);
  // 23:58 on 1 December in Auckland, which is the middle of the day in Greenwich.
  await page.clock.install({ time: new Date("2026-12-01T10:58:00Z") });
  const { id } = await task("Paint the door", { dueDate: "2026-12-02" });
  await api.tasks.update.mutate({ id, patch: { assigneeIds: [ann.id] } });
  await open("/my-work");
  const group = (name: string) => page.getByRole("rowgroup", { name });
  await expect(group("This week").getByText("Paint the door")).toBeVisible();
  await page.clock.fastForward(3 * 60_000);
  await expect(group("Today").getByText("Paint the door")).toBeVisible();
  await page.clock.fastForward(24 * 60 * 60_000);
  await expect(group("Overdue").getByText("Paint the door")).toBeVisible();
  await context.close();
});

test("settings of a project and a comment are undone and redone by the same keys; what another has changed since stays, and is told", async ({
  page,
}) => {
  const { api, key, workspaceId, projectId, task, open } = await board(page);
  const ben = await guildhall.person("Ben");
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const labelId = "01900000-0000-7000-8000-000000000001";
  await api.labels.create.mutate({ id: labelId, projectId, name: "bug", color: "#336699" });
  await open(`/p/${key}/settings?tab=labels`);
  const name = page.getByRole("textbox", { name: "Name of label" });
  await name.fill("defect");
  await name.press("Enter");
  const nameOf = async () => (await api.projects.get.query({ id: projectId })).labels[0]?.name;
  await expect.poll(nameOf).toBe("defect");
  // There is something to undo once the page has the answer.
  await expect(async () => {
    await page.keyboard.press("Control+z");
    await expect(name).toHaveValue("bug", { timeout: 1_000 });
  }).toPass();
  await expect.poll(nameOf).toBe("bug");
  await page.keyboard.press("Control+Shift+z");
  await expect(name).toHaveValue("defect");
  await ben.api.labels.update.mutate({ id: labelId, patch: { name: "flaw" } });
  await expect(name).toHaveValue("flaw");
  await page.keyboard.press("Control+z");
  await expect(page.getByText("Not everything was undone")).toBeVisible();
  expect(await nameOf()).toBe("flaw");

  const { number } = await task("Talked about");
  await open(`/task/${key}-${number}`);
  const box = textField(page, "Comment");
  await box.fill("A word");
  await box.press("Control+Enter");
  const said = page.getByRole("article").filter({ hasText: "A word" });
  await expect(said).toBeVisible();
  await box.blur();
  await page.keyboard.press("Control+z");
  await expect(said).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await expect(said).toBeVisible();
});
