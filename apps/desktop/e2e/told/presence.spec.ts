/** Who is here now: two people see each other on a board and in a task. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { cardIn, openAs } from "../people.ts";
import { test } from "../test.ts";

let guildhall: Guildhall;
test.beforeAll(({ guildhall: shared }) => {
  guildhall = shared;
});

const alsoHere = (page: Page, names: string) =>
  page.getByRole("button", { name: `Also here: ${names}`, exact: true });
const online = (page: Page, names: string) =>
  page.getByRole("button", { name: `Online: ${names}`, exact: true });
const alsoAtTask = (page: Page, names: string) =>
  page.getByRole("button", { name: `Also viewing this task: ${names}`, exact: true });

test("people see who else is on the board, and who looks at the same task", async ({ browser }) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const project = { workspaceId, name: "Wheel", key: "WHEEL" };
  const { id: projectId } = await ann.api.projects.create.mutate(project);
  await ann.api.tasks.create.mutate({ projectId, title: "Mend the race" });
  const board = `/w/${workspaceId}/p/WHEEL/board`;

  const annPage = await open(browser, ann, board);
  await expect(cardIn(annPage, "To do", "Mend the race")).toBeVisible();
  await expect(alsoHere(annPage, "Ben")).toBeHidden();
  const benPage = await open(browser, ben, board);
  for (const [page, other] of [
    [annPage, "Ben"],
    [benPage, "Ann"],
  ] as const) {
    await expect(alsoHere(page, other)).toBeVisible();
    await expect(online(page, other)).toBeVisible();
  }
  await alsoHere(annPage, "Ben").hover();
  await expect(annPage.getByRole("dialog", { name: "Also here" })).toContainText("Ben");
  await annPage.mouse.move(0, 0);

  await test.step("a reload of the one does not flicker at the other's", async () => {
    const flickered = flickers(annPage, "Also here: Ben");
    await benPage.reload();
    await expect(alsoHere(benPage, "Ann")).toBeVisible();
    expect(await flickered()).toBe(false);
  });

  await test.step("both open the same task", async () => {
    await cardIn(annPage, "To do", "Mend the race").click();
    await expect(alsoAtTask(annPage, "Ben")).toBeHidden();
    await benPage.goto(`${guildhall.url}/w/${workspaceId}/task/WHEEL-1`);
    await expect(alsoAtTask(annPage, "Ben")).toBeVisible();
    await expect(alsoAtTask(benPage, "Ann")).toBeVisible();
    // He looks at the task, and not at the board any more.
    await expect(alsoHere(annPage, "Ben")).toBeHidden();
    await expect(online(annPage, "Ben")).toBeVisible();
  });

  await test.step("without a connection nobody is shown, and then again", async () => {
    await goOffline(annPage.context());
    await expect(online(annPage, "Ben")).toBeHidden();
    await annPage.context().setOffline(false);
    await expect(alsoAtTask(annPage, "Ben")).toBeVisible();
  });
});

async function open(browser: Browser, person: Person, path: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await openAs(page, person, guildhall.url + path);
  return page;
}

/** Watches from now on; tells whether it was missing at any time. */
function flickers(page: Page, text: string): () => Promise<boolean> {
  const watching = page.evaluateHandle((what) => {
    const seen = { isMissing: false };
    const look = () => {
      seen.isMissing ||= !document.body.textContent?.includes(what);
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
    });
    look();
    return seen;
  }, text);
  return async () => (await watching).evaluate(({ isMissing }) => isMissing);
}

test("people see who writes a comment, who holds a card, and who reads a document", async ({
  browser,
}) => {
  const [ann, ben] = [await guildhall.person("Ann"), await guildhall.person("Ben")];
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const project = { workspaceId, name: "Wheel", key: "WHEEL" };
  const { id: projectId } = await ann.api.projects.create.mutate(project);
  await ann.api.tasks.create.mutate({ projectId, title: "Mend the race" });
  const document = await ann.api.documents.create.mutate({ workspaceId, title: "Oiling" });
  const board = `/w/${workspaceId}/p/WHEEL/board`;
  const annPage = await open(browser, ann, board);
  const benPage = await open(browser, ben, board);
  const card = cardIn(annPage, "To do", "Mend the race");
  await expect(card).toBeVisible();

  await test.step("the card that the other drags", async () => {
    const held = cardIn(benPage, "To do", "Mend the race");
    await held.hover();
    await benPage.mouse.down();
    await benPage.mouse.move(400, 400, { steps: 8 });
    await expect(card).toContainText("Ben");
    await benPage.keyboard.press("Escape");
    await benPage.mouse.up();
    await expect(card).not.toContainText("Ben");
  });

  await test.step("the comment that the other writes, and no more once it is sent", async () => {
    await card.click();
    await benPage.goto(`${guildhall.url}/w/${workspaceId}/task/WHEEL-1`);
    await benPage.getByRole("textbox", { name: "Comment" }).click();
    const typing = annPage.getByText("Ben is typing…");
    // Said for as long as they go on: until it was seen.
    const isSeen = async () => {
      await benPage.keyboard.type("so ");
      return typing.isVisible();
    };
    await expect.poll(isSeen).toBe(true);
    await benPage.keyboard.press("Control+Enter");
    await expect(typing).toBeHidden();
  });

  await test.step("the document that the other reads, in the tree", async () => {
    const line = annPage.getByRole("treeitem", { name: "Oiling" });
    await expect(line.getByRole("img", { name: "Ben" })).toBeHidden();
    await benPage.goto(`${guildhall.url}/w/${workspaceId}/d/${document.id}`);
    await expect(line.getByRole("img", { name: "Ben" })).toBeVisible();
  });
});
