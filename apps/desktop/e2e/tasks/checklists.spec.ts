/** Checklists by keys alone: made, ticked, moved, pasted and undone; live for the other person, and offline. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import type { Guildhall, Person } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { cardIn, openAs, saveState } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

async function open(browser: Browser, person: Person, at: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, guildhall.url + at);
  return page;
}

async function setUp(browser: Browser) {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
  const task = await ann.api.tasks.create.mutate({ projectId: project.id, title: "Lend books" });
  const at = `/w/${workspaceId}/task/${task.key}`;
  const pages = [await open(browser, ann, at), await open(browser, ben, at)] as const;
  return { ann, ben, task, board: `/w/${workspaceId}/p/APP/board`, pages };
}

const list = (page: Page, title: string) =>
  page.getByRole("region", { name: `Checklist ${title}` });
const texts = (page: Page, title: string) =>
  list(page, title)
    .getByRole("listitem")
    .getByRole("textbox", { name: "Checklist item" })
    .evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value));
const shows = (page: Page, title: string, wanted: string[]) =>
  expect.poll(() => texts(page, title)).toEqual(wanted);
const item = (page: Page, text: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("checkbox", { name: text }) });

test("two people work through a checklist by keys", async ({ browser }) => {
  const { task, ann, board, pages } = await setUp(browser);
  const [annPage, benPage] = pages;
  const { keyboard } = annPage;

  await test.step("it is written as a text is", async () => {
    await annPage.getByRole("textbox", { name: "New checklist" }).focus();
    await keyboard.type("Doors");
    await keyboard.press("Enter");
    await expect(annPage.getByRole("textbox", { name: "New item in Doors" })).toBeFocused();
    for (const text of ["Oil", "Paint", "Hang"]) {
      await keyboard.type(text);
      await keyboard.press("Enter");
    }
    await shows(benPage, "Doors", ["Oil", "Paint", "Hang"]);
    // Up from the empty place of the next one; Enter writes between.
    await keyboard.press("ArrowUp");
    await keyboard.press("ArrowUp");
    await keyboard.press("Enter");
    await keyboard.type("Sand");
    await keyboard.press("Enter");
    await keyboard.type("Wipe");
    await keyboard.press("Enter");
    await keyboard.press("Backspace");
    await shows(benPage, "Doors", ["Oil", "Paint", "Sand", "Wipe", "Hang"]);
  });

  await test.step("and ticked, moved and taken out", async () => {
    // The caret is in "Wipe".
    await keyboard.press("ControlOrMeta+Enter");
    await expect(item(benPage, "Wipe").getByRole("checkbox")).toBeChecked();
    await keyboard.press("Alt+ArrowUp");
    await keyboard.press("Alt+ArrowUp");
    await shows(benPage, "Doors", ["Oil", "Wipe", "Paint", "Sand", "Hang"]);
    await keyboard.press("ArrowDown");
    await keyboard.press("ControlOrMeta+a");
    await keyboard.press("Backspace");
    await keyboard.press("Backspace");
    await shows(benPage, "Doors", ["Oil", "Wipe", "Sand", "Hang"]);
    await keyboard.press("Shift+Tab");
    await keyboard.press("Space");
    await expect(item(benPage, "Wipe").getByRole("checkbox")).not.toBeChecked();
    await keyboard.press("ControlOrMeta+z");
    await expect(item(benPage, "Wipe").getByRole("checkbox")).toBeChecked();
    await keyboard.press("ControlOrMeta+z");
    await shows(benPage, "Doors", ["Oil", "Wipe", "Paint", "Sand", "Hang"]);
  });

  await test.step("several lines that are pasted are several items", async () => {
    await benPage.getByRole("textbox", { name: "New item in Doors" }).focus();
    await benPage.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "- [ ] Lock\n- [x] Key\n");
      const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
    });
    await shows(annPage, "Doors", ["Oil", "Wipe", "Paint", "Sand", "Hang", "Lock", "Key"]);
    await expect(item(annPage, "Key").getByRole("checkbox")).toBeChecked();
    await expect(annPage.getByText("2/7").first()).toBeVisible();
  });

  await test.step("without a connection it goes on", async () => {
    await goOffline(benPage.context());
    await item(benPage, "Oil").getByRole("checkbox").focus();
    await benPage.keyboard.press("Space");
    await expect(item(benPage, "Oil").getByRole("checkbox")).toBeChecked();
    await benPage.context().setOffline(false);
    await expect(saveState(benPage, "Saved")).toBeVisible();
    await expect(item(annPage, "Oil").getByRole("checkbox")).toBeChecked();
  });

  await test.step("an item becomes a task and an item again", async () => {
    await item(annPage, "Sand").getByRole("button", { name: "Item options: Sand" }).focus();
    await keyboard.press("Enter");
    await keyboard.press("t");
    await keyboard.press("Enter");
    const link = list(benPage, "Doors").getByRole("link", { name: "APP-2 Sand" });
    await expect(link).toBeVisible();
    await benPage.getByRole("checkbox", { name: "Mark as done: Sand" }).focus();
    await benPage.keyboard.press("Space");
    await expect(annPage.getByRole("checkbox", { name: "Mark as done: Sand" })).toBeChecked();
    await expect(annPage.getByText("4/7").first()).toBeVisible();
    await annPage.getByRole("button", { name: "Item options: Sand" }).focus();
    await keyboard.press("Enter");
    await keyboard.press("t");
    await keyboard.press("Enter");
    await shows(benPage, "Doors", ["Oil", "Wipe", "Paint", "Sand", "Hang", "Lock", "Key"]);
    await expect(link).toHaveCount(0);
    await keyboard.press("ControlOrMeta+z");
    await expect(link).toBeVisible();
  });

  await test.step("the card says how far it is, and anybody can read it", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await annPage.emulateMedia({ colorScheme });
      expect(await barriers(annPage)).toEqual([]);
    }
    const { checklistDone, checklistTotal } = await ann.api.tasks.get.query({ id: task.id });
    expect([checklistDone, checklistTotal]).toEqual([4, 7]);
    await annPage.goto(guildhall.url + board);
    await expect(cardIn(annPage, "To do", "Lend books")).toContainText("4/7");
  });
});

test("items are dragged, also into another checklist", async ({ browser }) => {
  const { ann, task, pages } = await setUp(browser);
  const [page, benPage] = pages;
  for (const title of ["Doors", "Windows"]) {
    const { id } = await ann.api.checklists.create.mutate({ taskId: task.id, title });
    const items = ["one", "two"].map((text) => ({ text: `${title} ${text}` }));
    await ann.api.checklists.addItems.mutate({ checklistId: id, items });
  }
  await shows(page, "Windows", ["Windows one", "Windows two"]);
  const grab = async (text: string, target: string, below: boolean) => {
    const from = await item(page, text).boundingBox();
    const to = await item(page, target).boundingBox();
    if (!from || !to) throw new Error("It is not on the screen.");
    await page.mouse.move(from.x - 8, from.y + 16);
    await page.mouse.down();
    await page.mouse.move(from.x + 20, from.y + 20, { steps: 3 });
    await page.mouse.move(to.x + 40, to.y + (below ? to.height - 4 : 4), { steps: 6 });
    await page.mouse.up();
  };
  await grab("Doors one", "Doors two", true);
  await shows(benPage, "Doors", ["Doors two", "Doors one"]);
  await grab("Doors two", "Windows two", false);
  await shows(benPage, "Windows", ["Windows one", "Doors two", "Windows two"]);
  await expect(
    page.getByRole("status").filter({ hasText: "moved to position 2 of 3" }),
  ).toHaveCount(1);
  await page.keyboard.press("ControlOrMeta+z");
  await shows(benPage, "Doors", ["Doors two", "Doors one"]);
});
