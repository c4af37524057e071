/**
 * A day on a train: mixed edits in two windows without a connection, the browser killed, started again
 * without a connection, and the server killed while it gets them. It then has exactly these, once, in
 * order, and somebody else saw them come. `npm run test:faults -- offline` plays twenty longer ones.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type Guildhall, startGuildhall } from "../guildhall.ts";
import { goOffline } from "../offline.ts";
import { column, enter, openAs, quickAdd, saveState, textField } from "../people.ts";
import { test } from "../test.ts";
import { HOUR_MS, killBrowser, launchProfile } from "./profiles.ts";

test.use({ serviceWorkers: "allow" });

const EDITS = Number(process.env.EDITS ?? 40);
const SEEDS = process.env.SEED
  ? [Number(process.env.SEED)]
  : Array.from({ length: Number(process.env.SEEDS ?? 1) }, (_, i) => i + 1);
/** How far the clock is from the true time before the browser is killed, and after. */
const CLOCKS = [
  [HOUR_MS, -HOUR_MS],
  [0, 0],
  [-HOUR_MS, HOUR_MS],
  [HOUR_MS, HOUR_MS],
  [-HOUR_MS, -HOUR_MS],
] as const;

/** The same numbers for the same seed. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const commentsIn = (page: Page) => page.getByText(/^Comment \d+$/);

async function furnish(guildhall: Guildhall) {
  const ann = await guildhall.person("Ann");
  const ben = await guildhall.person("Ben");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "Mill", key: "MILL" });
  const task = await ann.api.tasks.create.mutate({ projectId: project.id, title: "A stone" });
  const document = await ann.api.documents.create.mutate({ workspaceId, title: "Log" });
  const at = (place: string) => `${guildhall.url}/w/${workspaceId}/${place}`;
  return {
    ...{ ann, ben, workspaceId, projectId: project.id, taskId: task.id, documentId: document.id },
    board: at("p/MILL/board"),
    task: at("task/MILL-1"),
    document: at(`d/${document.id}`),
  };
}

type Place = Awaited<ReturnType<typeof furnish>>;
type Made = Record<"titles" | "comments" | "lines" | "items" | "files", string[]>;

/** Each kind of edit, done as people do; the n-th of all. */
function editsOf(task: Page, other: Page, made: Made) {
  return {
    async comment(n: number) {
      await textField(task, "Comment").fill(`Comment ${n}`);
      await task.keyboard.press("Control+Enter");
      made.comments.push(`Comment ${n}`);
    },
    async rename(n: number) {
      const title = task.getByRole("textbox", { name: "Title", exact: true });
      await title.fill(`A stone ${n}`);
      await title.press("Enter");
      made.titles[0] = `A stone ${n}`;
    },
    async item(n: number) {
      const line = task.getByRole("textbox", { name: "New item in Steps" });
      await line.fill(`Item ${n}`);
      await line.press("Enter");
      await expect(line).toHaveValue("");
      made.items.push(`Item ${n}`);
    },
    async file(n: number) {
      const [chooser] = await Promise.all([
        task.waitForEvent("filechooser"),
        task.getByRole("button", { name: "Attach", exact: true }).first().click(),
      ]);
      const name = `file-${n}.txt`;
      await chooser.setFiles([{ name, mimeType: "text/plain", buffer: Buffer.from(`Of ${n}`) }]);
      made.files.push(`${name}: Of ${n}`);
    },
    async line(n: number) {
      await other.keyboard.type(`Line ${n}`);
      await other.keyboard.press("Enter");
      made.lines.push(`Line ${n}`);
    },
    async task(n: number) {
      await quickAdd(other, "To do", `Card ${n}`);
      made.titles.push(`Card ${n}`);
      // Of a long column only what is in sight is drawn.
      await expect(column(other, "To do", made.titles.length)).toBeVisible();
    },
  };
}

/** What the server has, in the form of what was made. */
async function heldBy({ url }: Guildhall, place: Place): Promise<Omit<Made, "lines">> {
  const { api, token } = place.ann;
  const { items: tasks } = await api.tasks.list.query({ projectId: place.projectId });
  const { items: files } = await api.files.list.query({ taskId: place.taskId });
  const comments = await api.comments.list.query({ taskId: place.taskId });
  const { items } = await api.checklists.list.query({ taskId: place.taskId });
  const bytesOf = async (id: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${url}/files/${id}`, { headers })).text();
  };
  return {
    titles: [...tasks].sort((a, b) => a.number - b.number).map(({ title }) => title),
    comments: comments.map(({ body }) => body),
    items: items.map((item) => item.text),
    files: await Promise.all(files.map(async ({ id, name }) => `${name}: ${await bytesOf(id)}`)),
  };
}

/** But for the text's lines. Files go eight at once: each is there, in no order. */
const rowsOf = ({ titles, comments, items, files }: Omit<Made, "lines">) => ({
  ...{ titles, comments, items },
  files: [...files].sort(),
});

async function openBoth(context: BrowserContext, place: Place) {
  const task = await context.newPage();
  await openAs(task, place.ann, place.task);
  await expect(textField(task, "Comment")).toBeVisible();
  const other = await context.newPage();
  await other.goto(place.board);
  await expect(column(other, "To do")).toBeVisible();
  return { task, other };
}

async function work(
  task: Page,
  other: Page,
  place: Place,
  made: Made,
  roll: (n: number) => number,
) {
  const edits = editsOf(task, other, made);
  const onTask = [edits.comment, edits.rename, edits.item, edits.comment, edits.item];
  let n = 0;
  // Half of them with the board in the second window, half with a text.
  for (; n < EDITS / 2; n++) {
    const files = n % 20 === 3 ? [edits.file] : onTask;
    const kinds = roll(3) === 0 ? [edits.task] : files;
    await kinds[roll(kinds.length)]?.(n);
  }
  await other.goto(place.document);
  await expect(text(other)).toBeVisible();
  await text(other).click();
  await expect(text(other)).toBeFocused();
  for (; n < EDITS; n++) {
    const kinds = roll(2) === 0 ? [edits.line] : onTask;
    await kinds[roll(kinds.length)]?.(n);
  }
}

for (const seed of SEEDS) {
  test(`${EDITS} mixed edits offline in two windows, the browser killed, the server killed while it gets them (seed ${seed})`, async ({
    browser,
  }) => {
    const roll = dice(seed);
    const [before = 0, after = 0] = CLOCKS[(seed - 1) % CLOCKS.length] ?? [];
    const profile = mkdtempSync(path.join(tmpdir(), "guildhall-profile-"));
    const guildhall = await startGuildhall();
    const place = await furnish(guildhall);
    await place.ann.api.checklists.create.mutate({ taskId: place.taskId, title: "Steps" });
    const made: Made = { titles: ["A stone"], comments: [], lines: [], items: [], files: [] };
    const watching = await (await browser.newContext()).newPage();
    let context = await launchProfile(profile, before);
    try {
      const { task, other } = await openBoth(context, place);
      await other.goto(place.document);
      await expect(text(other)).toBeVisible();
      await other.goto(place.board);
      await expect(column(other, "To do")).toBeVisible();
      await openAs(watching, place.ben, place.task);
      await expect(textField(watching, "Comment")).toBeVisible();

      await goOffline(context);
      await work(task, other, place, made, roll);
      const waits = saveState(task, /^Offline, \d+ waiting$/);
      await expect(waits).toBeVisible();
      await expect(commentsIn(task)).toHaveCount(made.comments.length);
      const count = await waits.textContent();
      await expect(saveState(other, count ?? "")).toBeVisible();
      killBrowser(profile);

      context = await launchProfile(profile, after);
      await context.setOffline(true);
      const again = await context.newPage();
      // Chromium writes cookies twice a minute: killed before, the person is let in anew.
      if ((await context.cookies()).length === 0) await enter(again, place.ann, guildhall.url);
      await again.goto(place.task);
      await expect(saveState(again, count ?? "")).toBeVisible();
      await expect(commentsIn(again)).toHaveText(made.comments);
      await expect(again.getByRole("textbox", { name: "Title", exact: true })).toHaveValue(
        made.titles[0] ?? "",
      );
      const second = await context.newPage();
      await second.goto(place.document);
      const lines = async () =>
        (await text(second).locator("p").allTextContents()).filter((line) => line !== "");
      await expect.poll(lines).toEqual(made.lines);
      // One more of each kind: done after the others, whatever the clock says now.
      const more = editsOf(again, second, made);
      await more.comment(EDITS);
      await more.rename(EDITS);

      await context.setOffline(false);
      const arrived = async () =>
        (await place.ann.api.comments.list.query({ taskId: place.taskId })).length;
      await expect
        .poll(arrived, { intervals: [20] })
        .toBeGreaterThan(roll(Math.max(1, made.comments.length - 2)));
      await guildhall.kill("SIGKILL");
      await guildhall.restart();
      for (const page of [again, second]) {
        await expect(saveState(page, /^Saved$/)).toBeVisible();
      }
      expect(rowsOf(await heldBy(guildhall, place))).toEqual(rowsOf(made));
      // Ben has not touched his window.
      await expect(commentsIn(watching)).toHaveText(made.comments);
      await watching.goto(place.document);
      await expect
        .poll(async () =>
          (await text(watching).locator("p").allTextContents()).filter((line) => line !== ""),
        )
        .toEqual(made.lines);
    } finally {
      await context.close().catch(() => undefined);
      rmSync(profile, { recursive: true, force: true });
      await guildhall.stop();
    }
  });
}
