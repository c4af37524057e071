/** Several people write one document: at once, over a bad network, without any, and only to read. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { openAs } from "../people.ts";
import { test } from "../test.ts";

test.use({ serviceWorkers: "allow" });

/** `TYPING_MS=30000 JITTER_MS=200 CUT_MS=5000` plays the whole claim. */
const TYPING_MS = Number(process.env.TYPING_MS ?? 6_000);
const JITTER_MS = Number(process.env.JITTER_MS ?? 60);
const CUT_MS = Number(process.env.CUT_MS ?? 900);

let guildhall: Guildhall;
let ann: Person;
let ben: Person;
let vera: Person;
let workspaceId: string;

test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
  ben = await guildhall.person("Ben");
  vera = await guildhall.person("Vera");
  const workspace = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  workspaceId = workspace.id;
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  await joinWorkspace(ann, vera, { workspaceId, role: "viewer" });
});

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const state = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function newDocument(title: string) {
  const { id } = await ann.api.documents.create.mutate({ workspaceId, title });
  return `/w/${workspaceId}/d/${id}`;
}

async function open(browser: Browser, person: Person, path: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await openAs(page, person, guildhall.url + path);
  await expect(text(page)).toBeVisible();
  return { context, page };
}

/** As the person reads it, without the others' cursors in it. */
const shown = (page: Page) =>
  text(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll(".caret")) caret.remove();
    return [...copy.children].map((line) => line.textContent ?? "").join("\n");
  });

test("two people at the same place, over a network that stutters and breaks: one text, nothing lost", async ({
  browser,
}) => {
  const path = await newDocument("Both at once");
  const [a, b] = [await open(browser, ann, path), await open(browser, ben, path)];
  await text(a.page).click();
  await a.page.keyboard.type("Here: ");
  await expect(text(b.page)).toContainText("Here:");
  await text(b.page).click();
  await b.page.keyboard.press("Control+End");
  await expect(a.page.locator(".caret-name", { hasText: "Ben" })).toBeAttached();
  await expect(b.page.locator(".caret-name", { hasText: "Ann" })).toBeAttached();
  await expect(state(a.page, "Also in this document: Ben")).toBeVisible();

  for (const { context, page } of [a, b]) {
    await stutter(context);
    // The socket that is open already has no stutter.
    await page.reload();
    await text(page).click();
    await page.keyboard.press("Control+End");
  }
  const until = Date.now() + TYPING_MS;
  const [byAnn, byBen] = await Promise.all([
    typeUntil(a.page, "a", until),
    typeUntil(b.page, "b", until),
    cut(a.context, 0.2),
    cut(b.context, 0.6),
  ]);
  for (const { page } of [a, b]) {
    await expect(state(page, /^Saved$/)).toBeVisible();
  }
  await expect.poll(async () => (await shown(a.page)) === (await shown(b.page))).toBe(true);
  const together = await shown(a.page);
  for (const word of [...byAnn, ...byBen]) expect(together).toContain(word);
  expect(together.match(/[ab]\d+\./g)).toHaveLength(byAnn.length + byBen.length);
  // And from the server alone, to somebody who comes now.
  const late = await open(browser, vera, path);
  await expect.poll(() => shown(late.page)).toBe(together);
});

const aWhile = () => new Promise((resolve) => setTimeout(resolve, Math.random() * JITTER_MS));

/** Every call waits a while of its own, and every message of the socket, in their order. */
async function stutter(context: BrowserContext) {
  await context.route("**/trpc/documents.*", async (route) => {
    await aWhile();
    await route.continue().catch(() => undefined);
  });
  await context.routeWebSocket(/\/trpc/, (page) => {
    const server = page.connectToServer();
    let [up, down] = [Promise.resolve(), Promise.resolve()];
    page.onMessage((message) => {
      up = up.then(aWhile).then(() => server.send(message));
    });
    server.onMessage((message) => {
      down = down.then(aWhile).then(() => page.send(message));
    });
  });
}

async function cut(context: BrowserContext, at: number) {
  await new Promise((resolve) => setTimeout(resolve, TYPING_MS * at));
  await goOffline(context);
  await new Promise((resolve) => setTimeout(resolve, CUT_MS));
  await context.setOffline(false);
}

/** Numbered words, so that each can be looked for and counted. */
async function typeUntil(page: Page, letter: string, until: number): Promise<string[]> {
  const words: string[] = [];
  while (Date.now() < until) {
    const word = `${letter}${words.length}.`;
    await page.keyboard.type(`${word} `, { delay: 15 });
    words.push(word);
  }
  return words;
}

test("written offline, reloaded offline, and back: it merges with what came meanwhile", async ({
  browser,
}) => {
  const path = await newDocument("On the train");
  const { context, page } = await open(browser, ann, path);
  // The page and all that it is built of are kept a moment after the first visit.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await text(page).click();
  await page.keyboard.type("Before. ");
  await expect(state(page, /^Saved$/)).toBeVisible();
  await expect.poll(() => keptTexts(page)).toBeGreaterThan(0);

  await goOffline(context);
  await page.keyboard.type("Written in the tunnel. ");
  await expect(state(page, "Offline, 1 waiting")).toBeVisible();
  // Reloaded with the last key, when nothing of it is on this computer yet.
  await Promise.all([
    page.waitForEvent("load"),
    page.evaluate(() => {
      document.execCommand("insertText", false, "With the last key. ");
      location.reload();
    }),
  ]);
  const before = "Before. Written in the tunnel. With the last key.";
  await expect(text(page)).toContainText(before);
  await expect(state(page, "Offline, 1 waiting")).toBeVisible();
  await text(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("And after the reload.");

  const { page: benPage } = await open(browser, ben, path);
  await text(benPage).click();
  await benPage.keyboard.press("Control+Home");
  await benPage.keyboard.type("Meanwhile. ");
  await expect(state(benPage, /^Saved$/)).toBeVisible();

  await context.setOffline(false);
  await expect(state(page, /^Saved$/)).toBeVisible();
  const whole = `Meanwhile. ${before} And after the reload.`;
  await expect.poll(() => shown(page)).toBe(whole);
  await expect.poll(() => shown(benPage)).toBe(whole);
});

/** How many texts this browser keeps for a visit without a network. */
const keptTexts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("guildhall-document-texts");
        opening.onsuccess = () => {
          const { result } = opening;
          const counting = result.transaction("texts").objectStore("texts").count();
          counting.onsuccess = () => {
            result.close();
            resolve(counting.result);
          };
        };
      }),
  );

test("typed faster than the screen is drawn, each letter stands where it was typed", async ({
  browser,
}) => {
  const { page } = await open(browser, ann, await newDocument("In a hurry"));
  await text(page).click();
  const lines = Array.from({ length: 30 }, (_, n) => `${n % 5 === 0 ? "## " : ""}line ${n}`);
  for (const line of lines) {
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
  }
  await expect.poll(() => shown(page)).toBe(`${lines.join("\n").replaceAll("## ", "")}\n`);
});

test("who may only read cannot write; who is made a reader while offline keeps what they wrote", async ({
  browser,
}) => {
  const path = await newDocument("Rules");
  const { page } = await open(browser, ann, path);
  // Styles that come later than the app's own still count for more than its resets.
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveCSS("font-size", "34px");
  await text(page).click();
  await page.keyboard.type("Nobody enters alone.");
  const { page: veraPage } = await open(browser, vera, path);
  await expect(text(veraPage)).toContainText("Nobody enters alone.");
  await expect(text(veraPage)).toHaveAttribute("contenteditable", "false");
  await expect(veraPage.getByLabel("Title")).toHaveCount(0);

  const { context, page: benPage } = await open(browser, ben, path);
  await text(benPage).click();
  await expect(text(benPage)).toBeFocused();
  await goOffline(context);
  await benPage.keyboard.press("Control+End");
  await benPage.keyboard.type(" But me.");
  await expect(text(benPage)).toContainText("But me.");
  await expect(state(benPage, "Offline, 1 waiting")).toBeVisible();
  await ann.api.members.setRole.mutate({ workspaceId, userId: ben.id, role: "viewer" });
  await context.setOffline(false);
  const notice = benPage.getByRole("main").getByRole("alert");
  await expect(notice).toContainText("Your changes weren't saved");
  await expect(text(benPage)).toContainText("But me.");
  await notice.getByRole("button", { name: "Discard my changes" }).click();
  await expect.poll(() => shown(benPage)).toBe("Nobody enters alone.");
  await expect(text(page)).not.toContainText("But me.");

  // Not to be seen any more: the page says so, within a moment.
  await ann.api.members.remove.mutate({ workspaceId, userId: ben.id });
  await expect(text(benPage)).toHaveCount(0);
});

test("a block that is dragged leaves the others' carets at their words", async ({ browser }) => {
  const bea = await guildhall.person("Bea");
  await joinWorkspace(ann, bea, { workspaceId, role: "editor" });
  const path = await newDocument("Dragged");
  const [a, b] = [await open(browser, ann, path), await open(browser, bea, path)];
  const lines = ["one of many words", "two", "three three three", "four", "five"];
  await text(a.page).click();
  for (const line of lines) await a.page.keyboard.type(`${line}\n`);
  const line = (page: Page, words: string) => text(page).locator("> p", { hasText: words });
  await expect(line(b.page, "five")).toBeVisible();

  /** In which line Ann sees Bea, and Bea sees Ann. */
  const caret = (page: Page, name: string) =>
    text(page)
      .locator("> p")
      .filter({ has: page.locator(".caret-name", { hasText: name }) });
  await line(b.page, "four").click();
  await b.page.keyboard.press("End");
  await expect(caret(a.page, "Bea")).toContainText("four");

  const drag = async (page: Page, words: string, below: string) => {
    await line(page, words).hover();
    const handle = page.getByLabel("Drag to move, click for options");
    await expect(handle).toBeVisible();
    const target = await line(page, below).boundingBox();
    if (!target) throw new Error("no such line");
    await handle.hover();
    await page.mouse.down();
    // Two moves: the first begins the drag. Behind the words is below the line.
    const x = target.x + target.width - 5;
    await page.mouse.move(x, target.y + target.height / 2);
    await page.mouse.move(x, target.y + target.height - 2);
    await page.mouse.up();
  };
  const order = (page: Page) =>
    shown(page).then((all) =>
      all
        .split("\n")
        .filter(Boolean)
        .map((words) => words.slice(0, 3)),
    );

  await drag(a.page, "three three", "five");
  for (const { page } of [a, b]) {
    await expect.poll(() => order(page)).toEqual(["one", "two", "fou", "fiv", "thr"]);
  }
  await expect(caret(a.page, "Bea")).toContainText("four");
  await b.page.keyboard.type(" and more");
  await expect(line(a.page, "four and more")).toBeVisible();
  await expect(caret(a.page, "Bea")).toContainText("four and more");

  // The other way: what stood above the caret goes below it, by who has no caret there.
  await drag(a.page, "one of many", "four and more");
  for (const { page } of [a, b]) {
    await expect.poll(() => order(page)).toEqual(["two", "fou", "one", "fiv", "thr"]);
  }
  await expect(caret(a.page, "Bea")).toContainText("four and more");
  await b.page.keyboard.type("!");
  await expect(line(a.page, "four and more!")).toBeVisible();
  await expect(caret(a.page, "Bea")).toContainText("four and more!");
  // And whoever dragged is seen where their caret is.
  await line(a.page, "two").click();
  await expect(caret(b.page, "Ann")).toContainText("two");
  await drag(b.page, "five", "two");
  await expect.poll(() => order(a.page)).toEqual(["two", "fiv", "fou", "one", "thr"]);
  await expect(caret(b.page, "Ann")).toContainText("two");
});
