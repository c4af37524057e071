import { schema, type Tx } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import {
  allTasks,
  ended,
  importFiles,
  openProject,
  taskImport,
  textFile,
  upload,
} from "@guildhall/testing/imports";
import { isTrackedEnvelope } from "@trpc/server";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { whileWaiting } from "../../testing/while-waiting.ts";
import type { FeedEvent } from "../live/protocol.ts";
import { runImport } from "./run-import.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const ROWS = 400;
const file = () =>
  textFile(
    "tasks.csv",
    ["ID,Title,Labels", ...Array.from({ length: ROWS }, (_, i) => `A-${i},Task ${i},red`)].join(
      "\n",
    ),
  );

const never = new AbortController().signal;

/** Notes an import that no queue knows of, as if its worker had died before queueing it. */
async function noted(person: TestPerson, projectId: string): Promise<string> {
  const fileIds = await upload(person, [file()]);
  const enqueue = vi.spyOn(api.services, "enqueueImport").mockResolvedValue();
  const { id } = await person.call.imports.start({ projectId, fileIds });
  enqueue.mockRestore();
  return id;
}

const exactlyOnce = Array.from({ length: ROWS }, (_, i) => `Task ${i}`);
const titles = async (person: TestPerson, projectId: string) =>
  (await allTasks(person, projectId)).map(({ title }) => title);

test("a connection that is lost in the middle leaves nothing, and the import is begun again", async () => {
  const { owner, projectId } = await openProject(api);
  const fileIds = await upload(owner, [file()]);
  let importId = "";
  // Its tasks are in; their labels have to wait, and while they do the connection is cut.
  await api.services.db.transaction(async (tx) => {
    await tx.execute(sql`lock table task_labels in exclusive mode`);
    importId = (await owner.call.imports.start({ projectId, fileIds })).id;
    const cut = () =>
      api.services.db.execute(sql`
        select pg_terminate_backend(l.pid) from pg_locks l
        where not l.granted and l.relation = 'task_labels'::regclass`);
    await expect.poll(cut).toHaveLength(1);
    expect(await allTasks(owner, projectId)).toEqual([]);
  });
  const end = await ended(api, owner, importId);
  expect(end).toMatchObject({ state: "done", report: { created: ROWS } });
  expect(await titles(owner, projectId)).toEqual(exactlyOnce);
});

test("a thread that is ended while it reads leaves nothing, and may begin again", async () => {
  const { owner, projectId } = await openProject(api);
  const id = await noted(owner, projectId);
  const stop = new AbortController();
  const run = runImport(api.services, id, stop.signal);
  stop.abort(new Error("the server stops"));
  await expect(run).rejects.toThrow("the server stops");
  expect(await allTasks(owner, projectId)).toEqual([]);
  expect(["waiting", "reading"]).toContain((await owner.call.imports.get({ id })).state);
  await runImport(api.services, id, never);
  expect(await owner.call.imports.get({ id })).toMatchObject({ state: "done" });
  expect(await titles(owner, projectId)).toEqual(exactlyOnce);
});

test("an import that ends every worker is given up, and says so", async () => {
  const { owner, projectId } = await openProject(api);
  const id = await noted(owner, projectId);
  const stopped = AbortSignal.abort(new Error("killed"));
  for (let i = 0; i < 5; i++) {
    await expect(runImport(api.services, id, stopped)).rejects.toThrow("killed");
  }
  await runImport(api.services, id, never);
  expect(await owner.call.imports.get({ id })).toMatchObject({
    state: "failed",
    error: { reason: "import_cut_off" },
  });
  expect(await allTasks(owner, projectId)).toEqual([]);
});

test("two workers with the same file, or with the same import, write it once", async () => {
  const { owner, projectId } = await openProject(api);
  const one = await noted(owner, projectId);
  const other = await noted(owner, projectId);
  await Promise.all([one, one, other].map((id) => runImport(api.services, id, never)));
  expect(await titles(owner, projectId)).toEqual(exactlyOnce);
  const reports = await Promise.all([one, other].map((id) => taskImport(owner, id)));
  expect(reports.map(({ report }) => report?.created).sort()).toEqual([0, ROWS]);
});

test("who lost the right meanwhile imports nothing, nor does who has no file any more", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  const editor = await api.person("Emil");
  const userId = editor.user.id;
  await api.join(workspaceId, userId, "editor");
  const id = await noted(editor, projectId);
  await owner.call.members.setRole({ workspaceId, userId, role: "viewer" });
  await runImport(api.services, id, never);
  expect((await owner.call.imports.get({ id })).error?.reason).toBe("role_too_low");
  const late = await noted(owner, projectId);
  await api.services.db.execute(sql`delete from file_uploads`);
  await runImport(api.services, late, never);
  expect((await owner.call.imports.get({ id: late })).error?.reason).toBe("file_gone");
  expect(await allTasks(owner, projectId)).toEqual([]);
});

test("who is deactivated before it is written, or while it is, imports nothing", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  const { users } = schema;
  const editor = await api.person("Emil");
  await api.join(workspaceId, editor.user.id, "editor");
  const [early, late] = [await noted(editor, projectId), await noted(editor, projectId)];
  const isEditor = eq(users.id, editor.user.id);
  const deactivate = async (tx: Tx) => {
    // Its tasks are in; their labels have to wait.
    await tx.execute(sql`lock table task_labels in exclusive mode`);
    await tx.update(users).set({ deactivatedAt: new Date() }).where(isEditor);
  };
  await whileWaiting(api, deactivate, () => runImport(api.services, late, never));
  await runImport(api.services, early, never);
  for (const id of [late, early]) {
    expect((await owner.call.imports.get({ id })).error?.reason).toBe("importer_gone");
  }
  expect(await allTasks(owner, projectId)).toEqual([]);
});

test("a subscriber sees columns, then tasks in order, and how far it has come", async () => {
  const { owner, projectId, workspaceId } = await openProject(api);
  const { seq } = await owner.call.changes.since({ workspaceId, seq: 0 });
  const events = await owner.call.changes.onChange({ workspaceId, lastEventId: seq });
  const importing = importFiles(api, owner, { projectId, files: [file()] });
  const seen: { seq: number; entity: string; title: string; state: string }[] = [];
  // In process the events are still in their envelopes, whatever the client's types say.
  for await (const event of events as AsyncIterable<unknown>) {
    if (!isTrackedEnvelope<FeedEvent>(event)) throw new Error("each event has its number");
    const [, change] = event;
    if (change.entity === "live") continue;
    if (change.entity === "reset") throw new Error("the feed was reset");
    const title = change.entity === "task" ? (change.row?.title ?? "") : "";
    const state = change.entity === "import" ? (change.row?.state ?? "") : "";
    seen.push({ seq: change.seq, entity: change.entity, title, state });
    if (state === "done") break;
  }
  await importing;
  expect(seen.map((change) => change.seq)).toEqual(seen.map((_, i) => seq + 1 + i));
  expect(seen.filter(({ title }) => title).map(({ title }) => title)).toEqual(exactlyOnce);
  const first = (entity: string) => seen.findIndex((change) => change.entity === entity);
  expect(first("project")).toBeLessThan(first("task"));
  expect(seen[0]).toMatchObject({ entity: "import", state: "waiting" });
});
