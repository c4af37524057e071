/** A place that is kept on this device is there whole without a network, though nobody ever opened what is in it. */
import { base64, typed } from "@guildhall/testing/editor";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { Doc } from "yjs";
import type { Guildhall, Person } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { cardIn, openAs } from "./people.ts";
import { chessBoard } from "./samples/small-files.ts";
import { test } from "./test.ts";

test.use({ serviceWorkers: "allow" });

async function furnish(guildhall: Guildhall) {
  const ann = await guildhall.person("Ann");
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const { id: projectId } = await ann.api.projects.create.mutate({
    ...{ workspaceId, name: "Wheel", key: "WHEEL" },
  });
  const tasks = [];
  for (const n of [1, 2, 3]) {
    const task = { projectId, title: `Spoke ${n}`, description: `Cut from oak no. ${n}` };
    tasks.push(await ann.api.tasks.create.mutate(task));
  }
  const taskId = tasks[1]?.id ?? "";
  await ann.api.comments.create.mutate({ taskId, body: "Mind the grain" });
  const { id: checklistId } = await ann.api.checklists.create.mutate({ taskId, title: "Steps" });
  await ann.api.checklists.addItems.mutate({
    checklistId,
    items: [{ id: crypto.randomUUID(), text: "Saw it" }],
  });
  const inProject = { workspaceId, projectId };
  const { id: documentId } = await ann.api.documents.create.mutate({
    ...inProject,
    title: "Oiling",
  });
  await write(ann, documentId, "Once a week, never on Sundays.");
  await attach(guildhall, ann, {
    taskId,
    name: "axle.txt",
    bytes: Buffer.from("Two metres of ash"),
  });
  await attach(guildhall, ann, { taskId, name: "wheel.png", bytes: chessBoard });
  return { ann, workspaceId, projectId, taskId, documentId };
}

type Attached = { taskId: string; name: string; bytes: Buffer };

async function attach({ url }: Guildhall, { token }: Person, { taskId, name, bytes }: Attached) {
  const sent = await fetch(`${url}/files/${crypto.randomUUID()}?name=${name}&taskId=${taskId}`, {
    ...{
      method: "PUT",
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    },
  });
  expect(sent.status).toBe(201);
}

const write = (who: Person, documentId: string, text: string) =>
  who.api.documents.push.mutate({
    ...{ documentId, id: crypto.randomUUID(), update: base64(typed(new Doc(), text)) },
  });

async function openStored(context: BrowserContext, person: Person, address: string): Promise<Page> {
  const page = await context.newPage();
  await openAs(page, person, address);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect
    .poll(() => page.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  return page;
}

/** Until the service worker has what the page imports later, too. */
const untilWhole = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        const html = await (await caches.match("/index.html"))?.text();
        const lazy =
          html?.split('<template id="lazy-files">')[1]?.match(/\/assets\/[\w.-]+/g) ?? [];
        const found = await Promise.all(lazy.map((path) => caches.match(path)));
        return lazy.length > 0 && found.every(Boolean);
      }),
    )
    .toBe(true);

test("a project is kept offline with its tasks, what is said in them and its documents", async ({
  context,
  guildhall,
}) => {
  const { ann, workspaceId, projectId, documentId } = await furnish(guildhall);
  const at = (place: string) => `${guildhall.url}/w/${workspaceId}/${place}`;
  const page = await openStored(context, ann, at("my-work"));
  await page.goto(at("p/WHEEL/board"));
  await expect(cardIn(page, "To do", "Spoke 1")).toBeVisible();
  await page.getByRole("button", { name: "Project options" }).click();
  await page.getByRole("menuitem", { name: "Keep offline" }).click();
  await expect(page.getByRole("img", { name: "Available offline" })).toBeVisible();

  // What comes later comes by the feed.
  await ann.api.tasks.create.mutate({ projectId, title: "Spoke 4", description: "The last one" });
  await untilWhole(page);
  // Words of texts are read by the server a moment after they were written, and then come by the feed.
  await expect
    .poll(() => stored(page))
    .toEqual({ tasks: 4, words: expect.stringContaining("Sundays") });
  await goOffline(context);

  for (let start = 1; start <= 2; start++) {
    await page.goto(at("task/WHEEL-2"));
    await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("Spoke 2");
    await expect(page.getByText("Cut from oak no. 2")).toBeVisible();
    await expect(page.getByText("Mind the grain")).toBeVisible();
    await expect(page.getByText("Saw it")).toBeVisible();
    await page.getByRole("button", { name: /^axle\.txt/ }).click();
    await expect(page.getByRole("dialog").getByText("Two metres of ash")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    const picture = page.getByRole("region", { name: "Attachments" }).locator("img").first();
    await expect
      .poll(() => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
    await page.goto(at("task/WHEEL-4"));
    await expect(page.getByText("The last one")).toBeVisible();
    await page.goto(at(`d/${documentId}`));
    await expect(page.getByText("never on Sundays")).toBeVisible();
    await page.goto(at("p/WHEEL/list"));
    await expect(page.getByRole("grid").getByText("Spoke 4")).toBeVisible();
  }

  await page.goto(at("search?q=grain"));
  await expect(page.getByText("only what is kept here is searched")).toBeVisible();
  const results = page.getByRole("list", { name: "Results" }).getByRole("listitem");
  await expect(results).toHaveCount(1);
  await expect(results).toContainText("Mind the grain");
  await page.goto(at("search?q=SUNDAY"));
  await expect(results).toContainText("Oiling");

  await context.setOffline(false);
  await page.goto(at("settings?tab=offline"));
  await expect(page.getByRole("listitem").getByText("Up to date")).toBeVisible();
  await page.getByRole("button", { name: "Remove Wheel from this device" }).click();
  await expect(page.getByText("Nothing is kept on this device yet")).toBeVisible();
  await expect.poll(() => stored(page)).toEqual({ tasks: 0, words: "" });
});

type Here = { tasks: number; words: string };

/** What there is in the databases of what is kept offline: how many tasks, and what the texts say. */
const stored = (page: Page): Promise<Here> =>
  page.evaluate(async () => {
    const ask = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    let tasks = 0;
    let words = "";
    for (const { name = "" } of await indexedDB.databases()) {
      if (!name.startsWith("guildhall-offline/")) continue;
      const db = await ask(indexedDB.open(name));
      const of = (store: string) => db.transaction(store).objectStore(store);
      tasks += await ask(of("rows").count(IDBKeyRange.bound(["task"], ["task", []])));
      for (const text of await ask(of("texts").getAll())) words += text.words;
      db.close();
    }
    return { tasks, words };
  });
