/** What was once read is there at every later start, however many reads of it failed meanwhile. */
import { createServer } from "node:http";
import { base64, typed } from "@guildhall/testing/editor";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { Doc } from "yjs";
import { type Guildhall, type Person, startGuildhall } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { cardIn, column, openAs } from "./people.ts";
import { sampleText } from "./samples/sample-text.ts";
import { test } from "./test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
let ann: Person;
test.beforeEach(async () => {
  guildhall = await startGuildhall();
  ann = await guildhall.person("Ann");
});
test.afterEach(() => guildhall.stop());

/** A workspace with something of everything in it. */
async function furnish() {
  const { id: workspaceId } = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const { id: projectId } = await ann.api.projects.create.mutate({
    ...{ workspaceId, name: "Wheel", key: "WHEEL" },
  });
  await ann.api.tasks.create.mutate({
    ...{ projectId, title: "A new axle", description: "Of oak", assigneeIds: [ann.id] },
  });
  await ann.api.projects.create.mutate({ workspaceId, name: "Empty", key: "EMPTY" });
  const { id: documentId } = await ann.api.documents.create.mutate({
    ...{ workspaceId, title: "Oiling" },
  });
  const task = { id: projectId, title: "A new axle" };
  const document = { id: documentId, title: "Oiling" };
  const update = sampleText({ person: ann, task, document });
  await ann.api.documents.push.mutate({ documentId, id: crypto.randomUUID(), update });
  await ann.api.documents.addFavourite.mutate({ id: documentId });
  const at = (place: string) => `${guildhall.url}/w/${workspaceId}/${place}`;
  const sidebar = (page: Page) => page.getByRole("navigation");
  const places: [address: string, isThere: (page: Page) => Promise<void>][] = [
    [
      at("p/WHEEL/board"),
      async (page) => {
        await expect(cardIn(page, "To do", "A new axle")).toBeVisible();
        // Once in the tree, once among the favourites.
        await expect(sidebar(page).getByRole("treeitem", { name: "Oiling" })).toBeVisible();
        await expect(sidebar(page).getByRole("link", { name: "Oiling" })).toHaveCount(2);
      },
    ],
    [at("p/EMPTY/board"), (page) => expect(page.getByText("Empty has no tasks yet")).toBeVisible()],
    [
      at("p/WHEEL/list"),
      (page) => expect(page.getByRole("grid").getByText("A new axle")).toBeVisible(),
    ],
    [
      at("task/WHEEL-1"),
      async (page) => {
        await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("A new axle");
        await expect(page.getByText("Of oak")).toBeVisible();
      },
    ],
    [
      at(`d/${documentId}`),
      (page) => expect(page.getByText("Nothing of this is decided")).toBeVisible(),
    ],
    [
      at("documents"),
      (page) => expect(page.getByRole("main").getByText("Oiling").first()).toBeVisible(),
    ],
    [at("my-work"), (page) => expect(page.getByRole("main").getByText("A new axle")).toBeVisible()],
  ];
  return places;
}

/** How many queries this browser has stored, and whether that is all that the page has read. */
const storedQueries = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const ask = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await ask(indexedDB.open("guildhall"));
    const copies = await ask(db.transaction("cache").objectStore("cache").getAll());
    db.close();
    return copies.flatMap(({ clientState }) =>
      clientState.queries.map(({ queryKey }: { queryKey: unknown }) => JSON.stringify(queryKey)),
    );
  });

const storedTexts = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("guildhall-document-texts");
        opening.onerror = () => reject(opening.error);
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

async function readAll(context: BrowserContext, places: Awaited<ReturnType<typeof furnish>>) {
  const page = await context.newPage();
  await page.clock.install();
  await openAs(page, ann, guildhall.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect
    .poll(() => page.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  const boards = new Set<string>();
  for (const [address, isThere] of places) {
    await page.goto(address);
    await isThere(page);
    // A page that is left a moment after a read has not stored it yet.
    const [place = ""] = address.match(/p\/\w+|my-work|task|\/d\//) ?? [];
    if (place.startsWith("p/")) boards.add(place);
    const names: Record<string, string> = { "my-work": '"tasks","mine"', task: '"tasks","get"' };
    const name = names[place] ?? (place.startsWith("p/") ? '["board"' : '"tree"');
    const stored = async () => (await storedQueries(page)).filter((key) => key.includes(name));
    const least = name === '["board"' ? boards.size : 1;
    await expect.poll(async () => new Set(await stored()).size).toBeGreaterThanOrEqual(least);
    if (place === "/d/") await expect.poll(() => storedTexts(page)).toBe(1);
  }
  return page;
}

/** Long enough for every try of whoever asks who is here, and for what is written afterwards. */
async function aMinute(page: Page, failures: string[]) {
  await expect(async () => {
    await page.clock.runFor(10_000);
    // So many tries, one after the other: then the read has failed for good.
    expect(failures.length).toBeGreaterThanOrEqual(6);
  }).toPass({ intervals: [200] });
  await page.clock.runFor(60_000);
}

async function startThrice(page: Page, places: Awaited<ReturnType<typeof furnish>>) {
  const failures: string[] = [];
  const note = (url: string) => void (url.includes("/trpc/auth.me") && failures.push(url));
  page.on("requestfailed", (request) => note(request.url()));
  page.on("response", (response) => void (response.status() >= 500 && note(response.url())));
  for (let start = 1; start <= 3; start++) {
    for (const [i, [address, isThere]] of places.entries()) {
      await test.step(`start ${start}: ${new URL(address).pathname}`, async () => {
        failures.length = 0;
        await page.goto(address);
        await isThere(page);
        if (i === 0) await aMinute(page, failures);
        // What failed meanwhile takes nothing from the screen either.
        await isThere(page);
      });
    }
  }
}

test("without a network, again and again", async ({ context }) => {
  const places = await furnish();
  const page = await readAll(context, places);
  await goOffline(context);
  await startThrice(page, places);
});

test("while the server is down, again and again", async ({ context }) => {
  const places = await furnish();
  const page = await readAll(context, places);
  await guildhall.kill("SIGKILL");
  await startThrice(page, places);
});

test("while the server answers with 500, again and again; and it is live when that is over", async ({
  context,
}) => {
  const places = await furnish();
  const page = await readAll(context, places);
  await guildhall.kill("SIGKILL");
  const broken = createServer((_, response) => response.writeHead(500).end("Broken"));
  const { hostname, port } = new URL(guildhall.url);
  await new Promise<void>((resolve) => broken.listen(Number(port), hostname, resolve));
  await startThrice(page, places);
  broken.closeAllConnections();
  await new Promise((resolve) => broken.close(resolve));
  await guildhall.restart();
  await page.goto(places[0]?.[0] ?? "");
  const [{ projectId } = { projectId: "" }] = await ann.api.tasks.mine
    .query({ workspaceId: new URL(page.url()).pathname.split("/")[2] ?? "" })
    .then(({ items }) => items);
  await ann.api.tasks.create.mutate({ projectId, title: "Since then" });
  await expect(cardIn(page, "To do", "Since then")).toBeVisible();
  await expect(column(page, "To do", 2)).toBeVisible();
});

test("what was read in the last moment before the page goes is there at the next start", async ({
  context,
}) => {
  const places = await furnish();
  const page = await context.newPage();
  await openAs(page, ann, guildhall.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect
    .poll(() => page.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  for (const [address, isThere] of places) {
    await test.step(new URL(address).pathname, async () => {
      await context.setOffline(false);
      await page.goto(address);
      await isThere(page);
      await goOffline(context);
      await page.reload();
      await isThere(page);
    });
  }

  // What another writes into a long text, which is written down less often.
  await context.setOffline(false);
  const [address, isThere] = places[4] ?? ["", async () => {}];
  await page.goto(address);
  await isThere(page);
  const documentId = address.split("/").at(-1) ?? "";
  const write = (text: string) =>
    ann.api.documents.push.mutate({
      ...{ documentId, id: crypto.randomUUID(), update: base64(typed(new Doc(), text)) },
    });
  for (let n = 0; n < 3; n++) await write(`${n} `.repeat(60_000));
  await write("The last word.");
  await expect(page.getByText("The last word.")).toBeAttached();
  await goOffline(context);
  await page.reload();
  await expect(page.getByText("The last word.")).toBeAttached();
});

test("what one window has read is there for the next start, though another one wrote last", async ({
  context,
}) => {
  const places = await furnish();
  const [board = ["", async () => {}], , , , document = board] = places;
  const first = await context.newPage();
  await openAs(first, ann, board[0]);
  await board[1](first);
  const second = await context.newPage();
  await second.goto(board[0]);
  await board[1](second);
  await first.goto(document[0]);
  await document[1](first);
  const documentId = document[0].split("/").at(-1) ?? "";
  await expect.poll(() => storedQueries(first)).toContainEqual(expect.stringContaining(documentId));
  // Something that the second one takes and writes.
  const { items } = await ann.api.tasks.mine.query({ workspaceId: board[0].split("/")[4] ?? "" });
  const known = await storedQueries(second);
  await ann.api.tasks.update.mutate({ id: items[0]?.id ?? "", patch: { title: "Renamed" } });
  await expect(cardIn(second, "To do", "Renamed")).toBeVisible();
  await expect
    .poll(async () => (await storedQueries(second)).length)
    .toBeGreaterThanOrEqual(known.length);
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect
    .poll(() => first.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  await first.close();
  await second.goto(board[0]);
  await second.close();
  await goOffline(context);
  const third = await context.newPage();
  await third.goto(document[0]);
  await document[1](third);
});

test("a page that is left a moment after a read has stored it", async ({ context }) => {
  const [board = ["", async () => {}]] = await furnish();
  const page = await context.newPage();
  // As in a busy or a hidden page: what is put off by some moments does not come to its turn.
  await context.addInitScript(() => {
    const { setTimeout } = window;
    window.setTimeout = ((run: () => void, ms = 0, ...more: unknown[]) =>
      setTimeout(run, ms >= 150 && ms <= 1_000 ? ms + 600_000 : ms, ...more)) as typeof setTimeout;
  });
  await openAs(page, ann, guildhall.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect
    .poll(() => page.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  await page.goto(board[0]);
  await board[1](page);
  await goOffline(context);
  await page.reload();
  await board[1](page);
});
