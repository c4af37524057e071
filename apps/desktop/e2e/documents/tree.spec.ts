/** The tree of documents, with two people at it: made, nested, moved by hand and by keys, closed, deleted. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Locator, type Page } from "@playwright/test";
import type { Guildhall, Person } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { drag, openAs, saveState } from "../people.ts";
import { test } from "../test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const line = (page: Page, title: string): Locator =>
  page.getByRole("treeitem", { name: title, exact: true });
const shown = (page: Page) =>
  page.getByRole("treeitem").evaluateAll((lines) =>
    lines
      .map((l) => ({
        y: l.getBoundingClientRect().y,
        words: `${l.getAttribute("aria-level")} ${l.getAttribute("aria-label")}`,
      }))
      .sort((a, b) => a.y - b.y)
      .map(({ words }) => words),
  );

test("two people keep one tree: by hand, by keys, and only as far as each may see", async ({
  browser,
}) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  await ann.api.projects.create.mutate({ workspaceId, name: "Wheel", key: "WHEEL" });
  const make = (title: string, kind: "document" | "folder" = "document") =>
    ann.api.documents.create.mutate({ workspaceId, title, kind });
  await make("Guides", "folder");
  await make("Rota");

  const at = `/w/${workspaceId}/documents`;
  const [annPage, benPage] = await Promise.all([open(browser, ann, at), open(browser, ben, at)]);
  const eachSees = async (lines: string[]) => {
    for (const page of [annPage, benPage]) await expect.poll(() => shown(page)).toEqual(lines);
  };

  await test.step("a new one is named in its place, and opens", async () => {
    await annPage.getByRole("navigation").getByRole("button", { name: "New document" }).click();
    await annPage.getByRole("menuitem", { name: "Document", exact: true }).click();
    await annPage.keyboard.type("Oiling");
    await annPage.keyboard.press("Enter");
    await annPage.waitForURL(/\/d\//);
    const title = annPage.getByRole("textbox", { name: "Title" });
    await expect(title).toHaveValue("Oiling");
    // The page's own styles count over those that all elements begin with.
    await expect(title).toHaveCSS("font-size", "34px");
    await eachSees(["1 Guides", "1 Rota", "1 Oiling"]);
  });

  await test.step("dropped onto a folder it stands in it", async () => {
    await drag(annPage, line(annPage, "Oiling"), line(annPage, "Guides"));
    await expect(line(benPage, "Guides")).toHaveAttribute("aria-expanded", "false");
    await line(benPage, "Guides").focus();
    await benPage.keyboard.press("ArrowRight");
    await eachSees(["1 Guides", "2 Oiling", "1 Rota"]);
  });

  await test.step("the keys move it in, up and out, and undo takes it back", async () => {
    await line(benPage, "Rota").focus();
    await benPage.keyboard.press("Alt+ArrowRight");
    await eachSees(["1 Guides", "2 Oiling", "2 Rota"]);
    await expect(line(benPage, "Rota")).toBeFocused();
    await benPage.keyboard.press("Alt+ArrowUp");
    await eachSees(["1 Guides", "2 Rota", "2 Oiling"]);
    await expect(benPage.getByText("Rota moved to Guides, position 1 of 2")).toBeAttached();
    await benPage.keyboard.press("Alt+ArrowLeft");
    await eachSees(["1 Guides", "2 Oiling", "1 Rota"]);
    await benPage.keyboard.press("Control+z");
    await eachSees(["1 Guides", "2 Rota", "2 Oiling"]);
  });

  await test.step("into a project by the dialog", async () => {
    await line(benPage, "Rota").focus();
    await benPage.keyboard.press("Control+Shift+M");
    await benPage.keyboard.type("whe");
    await expect(benPage.getByRole("option")).toHaveCount(1);
    await benPage.keyboard.press("Enter");
    await expect(line(annPage, "Wheel documents")).toBeVisible();
    await eachSees(["1 Guides", "2 Oiling", "1 Wheel documents"]);
  });

  await test.step("an icon, a mark of one's own, a copy, a template and what begins with it", async () => {
    const choose = async (title: string, entry: string) => {
      await line(annPage, title).click({ button: "right" });
      await annPage.getByRole("menuitem", { name: entry }).click();
    };
    await choose("Oiling", "Icon…");
    await expect(annPage.getByLabel("Search emoji")).toBeFocused();
    await annPage.keyboard.type("🔧");
    await annPage.keyboard.press("Enter");
    await expect(line(benPage, "Oiling")).toContainText("🔧");
    await choose("Oiling", "Add to favourites");
    await expect(annPage.getByRole("link", { name: "Oiling" })).toHaveCount(2);
    await line(annPage, "Oiling").focus();
    await annPage.keyboard.press("Control+d");
    await eachSees(["1 Guides", "2 Oiling", "2 Oiling (copy)", "1 Wheel documents"]);
    await choose("Oiling (copy)", "Save as template");
    await choose("Guides", "New from template inside…");
    await annPage.getByRole("button", { name: "Oiling (copy)" }).click();
    const copy = "2 Oiling (copy)";
    await eachSees(["1 Guides", "2 Oiling", copy, copy, "1 Wheel documents"]);
    const { items } = await ann.api.documents.list.query({ workspaceId });
    for (const { id } of items.filter(({ title }) => title === "Oiling (copy)")) {
      await ann.api.documents.delete.mutate({ id });
      await ann.api.documents.purge.mutate({ id });
    }
    await eachSees(["1 Guides", "2 Oiling", "1 Wheel documents"]);
  });

  await test.step("closed, it is gone for the other at once; let in, he has it again", async () => {
    await line(annPage, "Guides").click({ button: "right" });
    await annPage.getByRole("menuitem", { name: "Access…" }).click();
    await annPage.getByRole("radio", { name: /^Private/ }).click();
    await expect.poll(() => shown(benPage)).toEqual(["1 Wheel documents"]);
    await annPage.getByRole("combobox", { name: "Role for Ben" }).click();
    await annPage.getByRole("option", { name: "Viewer" }).click();
    await expect(line(benPage, "Oiling")).toBeVisible();
    await line(benPage, "Oiling").click({ button: "right" });
    await expect(benPage.getByRole("menuitem", { name: "View access…" })).toBeVisible();
    await expect(benPage.getByRole("menuitem", { name: "Delete" })).toBeHidden();
    await benPage.keyboard.press("Escape");
    await annPage.keyboard.press("Escape");
  });

  await test.step("deleted with what is in it, and brought back", async () => {
    await line(annPage, "Guides").focus();
    await annPage.keyboard.press("Delete");
    await eachSees(["1 Wheel documents"]);
    await annPage.getByRole("button", { name: "Undo" }).first().click();
    await eachSees(["1 Guides", "2 Oiling", "1 Wheel documents"]);
    await line(annPage, "Guides").focus();
    await annPage.keyboard.press("Delete");
    await expect(saveState(annPage, "Saved")).toBeVisible();
    await annPage.getByRole("link", { name: "Bin" }).first().click();
    await annPage.getByRole("button", { name: "Restore" }).click();
    await eachSees(["1 Guides", "2 Oiling", "1 Wheel documents"]);
    await expect(annPage.getByRole("heading", { name: "The bin is empty" })).toBeVisible();
  });
});

test("without a connection a document is made, opened and written, even the first of a browser", async ({
  browser,
}) => {
  const cora = await guildhall.person("Cora");
  const { id: workspaceId } = await cora.api.workspaces.create.mutate({ name: "Ferry" });
  await cora.api.documents.create.mutate({ workspaceId, title: "Timetable" });
  const page = await open(browser, cora, `/w/${workspaceId}/documents`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await goOffline(page.context());
  await line(page, "Timetable").focus();
  await page.keyboard.press("Control+Enter");
  await page.keyboard.type("Winter");
  await page.keyboard.press("Enter");
  await page.getByLabel("Text", { exact: true }).click();
  await page.keyboard.type("Two boats a day.");
  await expect(saveState(page, "Offline, 3 waiting")).toBeVisible();
  await page.context().setOffline(false);
  await expect(saveState(page, "Saved")).toBeVisible();
  const { items } = await cora.api.documents.list.query({ workspaceId });
  expect(items.map(({ title }) => title).sort()).toEqual(["Timetable", "Winter"]);
});

test("what is closed to a person leaves whatever shows it at once, and comes back with their right", async ({
  browser,
}) => {
  const [dora, emil] = [await guildhall.person("Dora"), await guildhall.person("Emil")];
  const { id: workspaceId } = await dora.api.workspaces.create.mutate({ name: "Weir" });
  await joinWorkspace(dora, emil, { workspaceId, role: "editor" });
  const { id: parentId } = await dora.api.documents.create.mutate({ workspaceId, title: "Board" });
  const { id } = await dora.api.documents.create.mutate({ workspaceId, parentId, title: "Wages" });
  await emil.api.documents.addFavourite.mutate({ id });
  const page = await open(browser, emil, `/w/${workspaceId}/d/${id}`);
  const text = page.getByLabel("Text", { exact: true });
  await expect(text).toBeVisible();
  const search = await page.context().newPage();
  await search.goto(`${guildhall.url}/w/${workspaceId}/search?q=wages`);
  await expect(search.getByRole("main").getByText("Wages")).toBeVisible();

  await dora.api.documents.setVisibility.mutate({ id: parentId, visibility: "private" });
  await expect(page.getByText("Document not found")).toBeVisible();
  await expect(text).toBeHidden();
  for (const each of [page, search]) {
    await expect(each.getByText("Wages", { exact: true })).toHaveCount(0);
  }
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("option").first()).toBeVisible();
  await expect(page.getByRole("option", { name: "Wages" })).toHaveCount(0);
  await page.keyboard.press("Escape");

  const letIn = { id, userId: emil.id, role: "viewer" } as const;
  await dora.api.documents.setMember.mutate(letIn);
  await expect(text).toHaveAttribute("contenteditable", "false");
  // Closed and given back before the page has asked about it: it stays, or comes back by itself.
  await dora.api.documents.setVisibility.mutate({ id, visibility: "private" });
  await dora.api.documents.removeMember.mutate({ id, userId: emil.id });
  await dora.api.documents.setMember.mutate({ ...letIn, role: "editor" });
  await expect(text).toHaveAttribute("contenteditable", "true");
});

async function open(browser: Browser, person: Person, address: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await openAs(page, person, guildhall.url + address);
  await expect(page.getByRole("treeitem").first()).toBeVisible();
  return page;
}
