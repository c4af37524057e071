/** Saved means saved: without a connection, over a killed server, and when a right is gone. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { type Guildhall, type Person, startGuildhall } from "./guildhall.ts";
import { goOffline } from "./offline.ts";
import { cardIn, column, fillSignIn, openAs, quickAdd, signIn } from "./people.ts";
import { test } from "./test.ts";

test.use({ serviceWorkers: "allow" });

let guildhall: Guildhall;
let ann: Person;
let ben: Person;
let projects = 0;
const STONE = "A corner stone";

test.beforeAll(async () => {
  guildhall = await startGuildhall();
  ann = await guildhall.person("Ann");
  ben = await guildhall.person("Ben");
});
test.afterAll(() => guildhall.stop());

/** A project of the test's own with Ann (owner) and Ben (editor) in it, and its board's address. */
async function newBoard() {
  const workspace = await ann.api.workspaces.create.mutate({ name: "Old Mill" });
  const workspaceId = workspace.id;
  await joinWorkspace(ann, ben, { workspaceId, role: "editor" });
  const key = `MILL${++projects}`;
  const project = await ann.api.projects.create.mutate({ workspaceId, name: "Mill", key });
  // An empty project shows how to begin instead of a board.
  await ann.api.tasks.create.mutate({ projectId: project.id, title: STONE });
  const address = `${guildhall.url}/w/${workspaceId}/p/${key}/board`;
  const titles = async () => {
    const { items } = await ann.api.tasks.list.query({ projectId: project.id });
    return items
      .map((task) => task.title)
      .filter((title) => title !== STONE)
      .sort();
  };
  return { workspaceId, project, address, titles };
}

async function open(context: BrowserContext, person: Person, address: string): Promise<Page> {
  const page = await context.newPage();
  await openAs(page, person, address);
  await expect(column(page, "To do")).toBeVisible();
  return page;
}

const state = (page: Page, text: string | RegExp) => page.getByRole("button", { name: text });

/** The titles of the boards that this browser keeps for a visit without a network. */
const keptHere = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const ask = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await ask(indexedDB.open("guildhall"));
    const rooms = await ask(db.transaction("cache").objectStore("cache").getAll());
    db.close();
    const queries = rooms.flatMap((room) => room.clientState.queries);
    const boards = queries.filter(({ queryKey }) => queryKey[0] === "board");
    return boards.flatMap(({ state }) => [...state.data.tasks.values()].map((t) => t.title));
  });

test("what is done offline survives a reload without a connection, and is saved once on return", async ({
  context,
}) => {
  const { project, address, titles } = await newBoard();
  const page = await open(context, ann, address);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await expect
    .poll(() => page.evaluate(() => caches.match("/index.html").then(Boolean)))
    .toBe(true);
  await ann.api.tasks.create.mutate({ projectId: project.id, title: "Before" });
  await expect(cardIn(page, "To do", "Before")).toBeVisible();

  // The copy for a visit without a network is written a moment after what it copies.
  await expect.poll(() => keptHere(page)).toContain("Before");

  await goOffline(context);
  await quickAdd(page, "To do", "Written on the train");
  await expect(cardIn(page, "To do", "Written on the train")).toBeVisible();
  await expect(state(page, "Offline, 1 waiting")).toBeVisible();

  await page.reload();
  await expect(cardIn(page, "To do", "Written on the train")).toBeVisible();
  await expect(state(page, "Offline, 1 waiting")).toBeVisible();

  // Someone else goes on meanwhile.
  await ann.api.tasks.create.mutate({ projectId: project.id, title: "Meanwhile" });
  await context.setOffline(false);
  await expect(state(page, /^Saved$/)).toBeVisible();
  await expect(cardIn(page, "To do", "Meanwhile")).toBeVisible();
  expect(await titles()).toEqual(["Before", "Meanwhile", "Written on the train"]);
});

test("a page of the version before is told to reload after an update, and loses no waiting edit", async ({
  context,
}) => {
  const { project, address, titles } = await newBoard();
  const page = await context.newPage();
  let isUpdated = false;
  await page.routeWebSocket(/\/trpc/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      // As a page says it that was written for other events than the server has.
      const old = String(message).replace(/"protocolVersion":"\d+"/, '"protocolVersion":"0"');
      server.send(isUpdated ? old : message);
    });
  });
  await openAs(page, ann, address);
  await expect(column(page, "To do")).toBeVisible();
  await guildhall.kill("SIGTERM");
  for (const title of ["Oak", "Elm"]) await quickAdd(page, "To do", title);
  await expect(state(page, "Offline, 2 waiting")).toBeVisible();
  isUpdated = true;
  await guildhall.restart();
  await expect(page.getByText("Guildhall was updated")).toBeVisible();
  await expect(state(page, /^Saved$/)).toBeVisible();
  isUpdated = false;
  await ann.api.tasks.create.mutate({ projectId: project.id, title: "Meanwhile" });
  await page.getByRole("button", { name: "Reload" }).click();
  for (const title of ["Oak", "Elm", "Meanwhile"]) {
    await expect(cardIn(page, "To do", title)).toBeVisible();
  }
  await expect(page.getByText("Guildhall was updated")).toBeHidden();
  expect(await titles()).toEqual(["Elm", "Meanwhile", "Oak"]);
});

/** Puts entries into the outbox of this browser, as a page would leave them there. */
const leaveWaiting = (page: Page, entries: { id: string }[]) =>
  page.evaluate(async (left) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open("guildhall-outbox");
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const writing = db.transaction("entries", "readwrite");
    for (const entry of left) writing.objectStore("entries").put(entry, entry.id);
    await new Promise((resolve) => {
      writing.oncomplete = resolve;
    });
    db.close();
  }, entries);

test("what a page of an earlier version left waiting is sent, under the names of now", async ({
  context,
}) => {
  const { workspaceId, project, address, titles } = await newBoard();
  const { items } = await ann.api.tasks.list.query({ projectId: project.id });
  const document = await ann.api.documents.create.mutate({ workspaceId, title: "Deed" });
  const page = await open(context, ann, address);
  const { id: userId } = await ann.api.auth.me.query();
  // As the version of 30 November 2026 stored them.
  const stone = { id: items[0]?.id ?? "", patch: { title: "A corner stone, dressed" } };
  const thread = {
    ...{ id: crypto.randomUUID(), documentId: document.id, quote: "Deed" },
    anchor: { from: "AQAA", to: "AQAB" },
    comment: { id: crypto.randomUUID(), body: "Signed?" },
  };
  const acts = [
    { act: "tasks.update", input: stone },
    { act: "documentComments.begin", input: thread },
    {
      act: "tasks.create",
      input: { id: crypto.randomUUID(), projectId: project.id, title: "Lime" },
    },
  ];
  const entries = acts.map((act, i) => ({
    ...{ id: `019a0000-0000-7000-8000-00000000000${i}`, userId, workspaceId, label: "Earlier" },
    ...act,
  }));
  await leaveWaiting(page, entries);
  await page.reload();
  await expect(cardIn(page, "To do", "A corner stone, dressed")).toBeVisible();
  await expect(state(page, /^Saved$/)).toBeVisible();
  expect(await titles()).toEqual(["A corner stone, dressed", "Lime"]);
  const { comments } = await ann.api.threads.list.query({ documentId: document.id });
  expect(comments).toMatchObject([{ id: thread.comment.id, body: "Signed?" }]);
});

test("a killed server loses nothing that was done, and applies nothing twice", async ({
  context,
}) => {
  const { address, titles } = await newBoard();
  const page = await open(context, ann, address);
  await quickAdd(page, "To do", "First");
  await expect(state(page, /^Saved$/)).toBeVisible();
  await guildhall.kill("SIGKILL");
  for (const title of ["Second", "Third", "Fourth"]) await quickAdd(page, "To do", title);
  await expect(state(page, "Offline, 3 waiting")).toBeVisible();
  await guildhall.restart();
  await expect(state(page, /^Saved$/)).toBeVisible();
  expect(await titles()).toEqual(["First", "Fourth", "Second", "Third"]);
  for (const title of await titles()) {
    await expect(cardIn(page, "To do", title)).toHaveCount(1);
  }
});

test("who becomes a viewer sees no editing a moment later; who is removed, nothing", async ({
  browser,
}) => {
  const { workspaceId, address } = await newBoard();
  const page = await open(await browser.newContext(), ben, address);
  const newTask = page.getByRole("button", { name: "New task" }).first();
  await expect(newTask).toBeVisible();
  await ann.api.members.setRole.mutate({ workspaceId, userId: ben.id, role: "viewer" });
  await expect(column(page, "To do").getByRole("button", { name: /task/ })).toHaveCount(0);
  await expect(page.getByText("View only")).toBeVisible();
  await ann.api.members.remove.mutate({ workspaceId, userId: ben.id });
  await expect(column(page, "To do")).toHaveCount(0);
  await expect(page.getByText(/no longer/)).toBeVisible();
});

test("a session that is ended elsewhere leads to the door, on an open page too", async ({
  browser,
}) => {
  const { address } = await newBoard();
  const page = await open(await browser.newContext(), ben, address);
  const sessions = await ben.api.auth.sessions.query();
  await ben.api.auth.revokeOtherSessions.mutate({});
  expect(sessions.length).toBeGreaterThan(1);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a refused edit says so on its card, and can be discarded", async ({ browser }) => {
  const { workspaceId, address, titles } = await newBoard();
  const context = await browser.newContext();
  const page = await open(context, ben, address);
  await goOffline(context);
  await quickAdd(page, "To do", "Too late");
  await expect(state(page, "Offline, 1 waiting")).toBeVisible();
  await ann.api.members.setRole.mutate({ workspaceId, userId: ben.id, role: "viewer" });
  await context.setOffline(false);
  const failed = column(page, "To do").getByRole("alert");
  await expect(failed).toContainText("need to be an editor");
  await failed.getByRole("button", { name: "Discard" }).click();
  await expect(cardIn(page, "To do", "Too late")).toHaveCount(0);
  expect(await titles()).toEqual([]);
});

test("edits that wait in one tab are never sent as the person who signed in in another", async ({
  browser,
}) => {
  const { address, titles } = await newBoard();
  const context = await browser.newContext();
  const annPage = await open(context, ann, address);
  // In every tab: the new one opens as Ann, with what waits, before her cookie is gone.
  await context.route("**/trpc/tasks.create*", (route) => route.abort());
  await quickAdd(annPage, "To do", "By Ann alone");
  await expect(state(annPage, "Offline, 1 waiting")).toBeVisible();

  const benPage = await context.newPage();
  await benPage.goto(guildhall.url);
  await context.clearCookies();
  await signIn(benPage, guildhall.url, ben);
  await context.unroute("**/trpc/tasks.create*");
  // Ann's tab finds that it is no longer hers, and keeps what she did.
  await expect(annPage.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(await titles()).toEqual([]);
  await fillSignIn(annPage, ann);
  await expect.poll(titles).toEqual(["By Ann alone"]);
  const { items } = await ann.api.changes.since
    .query({ workspaceId: address.split("/")[4] ?? "", seq: 0 })
    .then(({ changes }) => ({ items: changes.filter((c) => c.entity === "task") }));
  expect(items.at(-1)?.actorId).toBe(ann.id);
});
