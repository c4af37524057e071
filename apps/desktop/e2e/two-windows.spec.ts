/** Several windows of one profile: one outbox, sent by one of them, the same in all. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import type { Guildhall, Person } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { cardIn, column, openAs, quickAdd, saveState, textField } from "./people.ts";
import { test } from "./test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
let ann: Person;
let projects = 0;
test.beforeAll(async ({ guildhall: shared }) => {
  guildhall = shared;
  ann = await guildhall.person("Ann");
});

async function newPlace() {
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const key = `MILL${++projects}`;
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "Mill", key });
  const task = await ann.api.tasks.create.mutate({ projectId: project.id, title: "A stone" });
  const document = await ann.api.documents.create.mutate({ workspaceId, title: "Log" });
  const at = (place: string) => `${guildhall.url}/w/${workspaceId}/${place}`;
  return {
    projectId: project.id,
    taskId: task.id,
    documentId: document.id,
    board: at(`p/${key}/board`),
    task: at(`task/${key}-1`),
    document: at(`d/${document.id}`),
  };
}

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const text = (page: Page) => page.getByLabel("Text", { exact: true });

async function titlesOf(projectId: string) {
  const { items } = await ann.api.tasks.list.query({ projectId });
  return items.map(({ title }) => title).sort();
}

/** Two windows on the board, both online. */
async function twoBoards(context: BrowserContext, board: string) {
  const first = await context.newPage();
  await openAs(first, ann, board);
  await expect(column(first, "To do")).toBeVisible();
  const second = await open(context, board);
  await expect(column(second, "To do")).toBeVisible();
  return [first, second] as const;
}

test("what a closed window left is shown, counted and sent by the other one", async ({
  context,
}) => {
  const place = await newPlace();
  const [first, second] = await twoBoards(context, place.board);
  const third = await open(context, place.document);
  await text(third).click();
  const fourth = await open(context, place.task);
  await expect(fourth.getByRole("textbox", { name: "Title" })).toHaveValue("A stone");

  await goOffline(context);
  await quickAdd(first, "To do", "By the closed one");
  await expect(cardIn(second, "To do", "By the closed one")).toBeVisible();
  await expect(saveState(second, "Offline, 1 waiting")).toBeVisible();
  await text(third).click();
  await third.keyboard.type("Written and closed.");
  await expect(saveState(second, "Offline, 2 waiting")).toBeVisible();
  const [chooser] = await Promise.all([
    fourth.waitForEvent("filechooser"),
    fourth.getByRole("button", { name: "Attach", exact: true }).click(),
  ]);
  await chooser.setFiles([{ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("A") }]);
  for (const page of [first, second, third, fourth]) {
    await expect(saveState(page, "Offline, 3 waiting")).toBeVisible();
  }
  for (const page of [first, third, fourth]) await page.close();
  await context.setOffline(false);
  await expect(saveState(second, /^Saved$/)).toBeVisible();
  // Said only when all of it is there.
  expect(await titlesOf(place.projectId)).toEqual(["A stone", "By the closed one"]);
  const { items } = await ann.api.files.list.query({ taskId: place.taskId });
  expect(items.map(({ name }) => name)).toEqual(["plan.txt"]);
  await second.goto(place.document);
  await expect(text(second)).toContainText("Written and closed.");
  await expect(saveState(second, /^Saved$/)).toBeVisible();
});

test("a text is written in two windows at once, also offline", async ({ context }) => {
  const place = await newPlace();
  const [first, second] = await twoBoards(context, place.board);
  for (const page of [first, second]) {
    await page.goto(place.document);
    await expect(text(page)).toBeVisible();
  }
  await goOffline(context);
  await text(first).click();
  await first.keyboard.type("From the first. ");
  await expect(text(second)).toContainText("From the first.");
  await text(second).click();
  await second.keyboard.press("Control+End");
  await second.keyboard.type("From the second.");
  const whole = "From the first. From the second.";
  await expect(text(first)).toContainText(whole);
  for (const page of [first, second]) {
    await expect(saveState(page, "Offline, 1 waiting")).toBeVisible();
  }
  await first.close();
  await context.setOffline(false);
  await expect(saveState(second, /^Saved$/)).toBeVisible();
  const fresh = await open(context, place.document);
  await expect(text(fresh)).toContainText(whole);
});

test("only one window sends, and the next one takes over when it ends", async ({ context }) => {
  const place = await newPlace();
  const sentBy = new Map<Page, number>();
  const [first, second] = await twoBoards(context, place.board);
  for (const page of [first, second]) {
    page.on("request", (request) => {
      if (request.url().includes("/trpc/tasks.create"))
        sentBy.set(page, (sentBy.get(page) ?? 0) + 1);
    });
  }
  await quickAdd(first, "To do", "First card");
  await quickAdd(second, "To do", "Next card");
  for (const page of [first, second]) await expect(saveState(page, /^Saved$/)).toBeVisible();
  expect([...sentBy.values()]).toEqual([2]);
  const [sender] = [...sentBy.keys()];
  const other = sender === first ? second : first;
  await sender?.close();
  await quickAdd(other, "To do", "Third card");
  await expect(saveState(other, /^Saved$/)).toBeVisible();
  expect(sentBy.get(other)).toBe(1);
  expect(await titlesOf(place.projectId)).toEqual([
    "A stone",
    "First card",
    "Next card",
    "Third card",
  ]);
});

test("without locks, as over plain http, windows agree all the same", async ({ context }) => {
  await context.addInitScript(() => {
    Object.defineProperty(navigator, "locks", { value: undefined });
  });
  const place = await newPlace();
  const [first, second] = await twoBoards(context, place.board);
  await goOffline(context);
  await quickAdd(first, "To do", "First card");
  await expect(cardIn(second, "To do", "First card")).toBeVisible();
  await quickAdd(second, "To do", "Next card");
  await expect(saveState(first, "Offline, 2 waiting")).toBeVisible();
  await first.close();
  await context.setOffline(false);
  await expect(saveState(second, /^Saved$/)).toBeVisible();
  expect(await titlesOf(place.projectId)).toEqual(["A stone", "First card", "Next card"]);
});

test("the last key before a page goes is kept, for a task's title as for its card", async ({
  context,
}) => {
  const place = await newPlace();
  const [first] = await twoBoards(context, place.board);
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await first.goto(place.task);
  const title = first.getByRole("textbox", { name: "Title" });
  await expect(title).toHaveValue("A stone");
  await goOffline(context);
  await title.click();
  await first.keyboard.press("End");
  // Reloaded with the last key: nothing was left, and nothing is in a store yet.
  await Promise.all([
    first.waitForEvent("load"),
    first.evaluate(() => {
      document.execCommand("insertText", false, "!");
      location.reload();
    }),
  ]);
  await expect(title).toHaveValue("A stone!");
  await expect(saveState(first, "Offline, 1 waiting")).toBeVisible();
  await context.setOffline(false);
  await expect(saveState(first, /^Saved$/)).toBeVisible();
  expect(await titlesOf(place.projectId)).toEqual(["A stone!"]);
});

/** Longer, and another one: EDITS=2000 SEED=7 npm test -- e2e two-windows */
const EDITS = Number(process.env.EDITS ?? 200);
const SEED = Number(process.env.SEED ?? 1);

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** One text, with each line in a paragraph of its own. */
const linesIn = async (page: Page) => (await text(page).locator("p").allTextContents()).join("\n");

async function launch(profile: string) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    viewport: { width: 1440, height: 900 },
  });
  return context;
}

test(`two windows, and the browser killed in the middle of ${EDITS} mixed edits: all of them, once, in order (seed ${SEED})`, async () => {
  const roll = dice(SEED);
  const profile = mkdtempSync(path.join(tmpdir(), "guildhall-profile-"));
  const place = await newPlace();
  const made = { titles: ["A stone"] as string[], comments: [] as string[], lines: [] as string[] };
  let context = await launch(profile);
  try {
    const first = await context.newPage();
    await openAs(first, ann, place.task);
    await expect(textField(first, "Comment")).toBeVisible();
    const second = await open(context, place.document);
    await text(second).click();

    await goOffline(context);
    const comment = async (n: number) => {
      await textField(first, "Comment").fill(`Comment ${n}`);
      await first.keyboard.press("Control+Enter");
      made.comments.push(`Comment ${n}`);
    };
    const line = async (n: number) => {
      await second.keyboard.type(`Line ${n}`);
      await second.keyboard.press("Enter");
      made.lines.push(`Line ${n}`);
    };
    const rename = async (n: number) => {
      const title = first.getByRole("textbox", { name: "Title" });
      await title.fill(`A stone ${n}`);
      await title.press("Enter");
      made.titles = [`A stone ${n}`];
    };
    const kinds = [comment, line, rename];
    for (let n = 0; n < EDITS; n++) await kinds[roll(kinds.length)]?.(n);
    const rows = () => made.comments.length;
    await expect(saveState(first, /^Offline, \d+ waiting$/)).toBeVisible();
    await expect(saveState(second, /^Offline, \d+ waiting$/)).toBeVisible();

    // Online, until some of it has come: then the browser ends, as with the power.
    await context.setOffline(false);
    const arrived = async () =>
      (await ann.api.comments.list.query({ taskId: place.taskId })).length;
    await expect.poll(arrived, { intervals: [50] }).toBeGreaterThan(1 + roll(5));
    killBrowser(profile);
    expect(await arrived()).toBeLessThanOrEqual(rows());

    context = await launch(profile);
    const again = await context.newPage();
    await again.goto(place.document);
    // Chromium writes cookies twice a minute: killed before, the person signs in anew, and loses nothing.
    const signedOut = again.getByRole("heading", { name: "Sign in to Guildhall" });
    await expect(again.getByRole("navigation", { name: "Workspace" }).or(signedOut)).toBeVisible();
    if (await signedOut.isVisible()) {
      await openAs(again, ann, place.document);
    }
    await expect(saveState(again, /^Saved$/)).toBeVisible();
    const comments = await ann.api.comments.list.query({ taskId: place.taskId });
    expect(comments.map(({ body }) => body)).toEqual(made.comments);
    expect(await titlesOf(place.projectId)).toEqual(made.titles);
    await expect
      .poll(async () => (await linesIn(again)).match(/Line \d+/g) ?? [])
      .toEqual(made.lines);
  } finally {
    await context.close().catch(() => undefined);
    rmSync(profile, { recursive: true, force: true });
  }
});

/** All processes of the browser that has this profile, without a word to any of them. */
function killBrowser(profile: string) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile)) continue;
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
}

test("signed out in one window, the others stop showing and sending, without a connection too", async ({
  context,
}) => {
  const place = await newPlace();
  const [first, second] = await twoBoards(context, place.board);
  await goOffline(context);
  await first.keyboard.press("Control+k");
  await expect(first.getByPlaceholder("Type a command or search…")).toBeFocused();
  await first.keyboard.type("Sign out");
  await first.keyboard.press("Enter");
  await expect(second.getByLabel("Email")).toBeVisible();
  for (const page of [first, second]) await expect(cardIn(page, "To do", "A stone")).toBeHidden();
  const copies = () =>
    second.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open("guildhall");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const counting = opening.result.transaction("cache").objectStore("cache").count();
            counting.onsuccess = () => {
              opening.result.close();
              resolve(counting.result);
            };
          };
        }),
    );
  await expect.poll(copies).toBe(0);
});
