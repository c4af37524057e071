/** A long import is one that cannot go on: its bytes, or what it has to lock, are held by the test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { schema, type Tx } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { documentImport, startImport, wholeTree, zipOf } from "@guildhall/testing/document-imports";
import {
  allTasks,
  ended,
  importFiles,
  openProject,
  textFile,
  upload,
} from "@guildhall/testing/imports";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileStore } from "../core/file-store.ts";
import { createFolderStore } from "../files/store/folder-store.ts";
import { SIDE_BY_SIDE } from "./waits-for.ts";

/** Uploads whose bytes the store gives out only when the test says so. */
const held = new Map<string, Promise<void>>();

let api: TestApi;
let stored: string;
beforeAll(async () => {
  stored = mkdtempSync(path.join(tmpdir(), "guildhall-side-by-side-"));
  const store = createFolderStore(stored);
  const slow: FileStore = {
    ...store,
    async get(key, range) {
      await held.get(key);
      return store.get(key, range);
    },
  };
  api = await startTestApi({}, { files: slow });
});
afterAll(async () => {
  await api.stop();
  rmSync(stored, { recursive: true, force: true });
});

/** It is held while others work, longer than a transaction may else do nothing. */
const hold = (tx: Tx) =>
  tx.execute(sql`select set_config('idle_in_transaction_session_timeout', '2min', true)`);

const folder = (...names: string[]) =>
  zipOf(Object.fromEntries(names.map((name) => [`All/${name}.md`, `# ${name}\n`])));

const endOf = (person: TestPerson, id: string) =>
  expect.poll(async () => (await documentImport(person, id)).state, { interval: 50 }).toBe("done");

test("an import of two documents does not wait behind a long one of another workspace", async () => {
  const [long, short] = await Promise.all([openProject(api), openProject(api)]);
  const names = Array.from({ length: 60 }, (_, n) => `Page ${n}`);
  const place = { workspaceId: long.workspaceId };
  const many = new File([folder(...names)], "many.zip");
  const [fileId = ""] = await upload(long.owner, [many]);
  const { fileUploads } = schema;
  const [sent] = await api.services.db.select().from(fileUploads).where(eq(fileUploads.id, fileId));
  const gate = Promise.withResolvers<void>();
  held.set(sent?.objectId ?? "", gate.promise);
  const { id: longId } = await long.owner.call.imports.startDocuments({
    ...place,
    fileId,
  });
  await expect.poll(async () => (await documentImport(long.owner, longId)).state).toBe("reading");
  const { id: nextId } = await startImport(long.owner, "next.zip", folder("Next"), place);

  const two = { workspaceId: short.workspaceId };
  const { id } = await startImport(short.owner, "two.zip", folder("One", "Two"), two);
  await endOf(short.owner, id);
  expect(await documentImport(short.owner, id)).toMatchObject({ report: { documents: 2 } });
  expect((await documentImport(long.owner, longId)).finishedAt).toBeNull();
  expect(await documentImport(long.owner, nextId)).toMatchObject({
    ...{ state: "waiting", waitsFor: { here: 1, elsewhere: false } },
  });

  gate.resolve();
  await endOf(long.owner, longId);
  await endOf(long.owner, nextId);
  expect((await documentImport(long.owner, nextId)).waitsFor).toBeNull();
  const titles = (await wholeTree(long.owner, long.workspaceId))
    .filter(({ kind }) => kind === "document")
    .map(({ title }) => title);
  expect(titles.sort()).toEqual([...names, "Next"].sort());
});

test("imports of tasks too; and one that finds no room says so", async () => {
  const open = await Promise.all(Array.from({ length: SIDE_BY_SIDE + 1 }, () => openProject(api)));
  const [free, ...busy] = open;
  if (!free) throw new Error("a project");
  const file = () => textFile("tasks.csv", "ID,Title\n1,One\n2,Two\n");
  const holding = (projectId: string) =>
    sql`select pg_advisory_xact_lock(hashtextextended(${`import:${projectId}`}, 0))`;
  const started: { id: string; owner: TestPerson; projectId: string }[] = [];
  const start = async ({ owner, projectId }: (typeof open)[number]) => {
    const { id } = await owner.call.imports.start({
      projectId,
      fileIds: await upload(owner, [file()]),
    });
    started.push({ id, owner, projectId });
    return id;
  };
  const writing = (owner: TestPerson, id: string) =>
    expect.poll(async () => (await owner.call.imports.get({ id })).state).not.toBe("waiting");
  await api.services.db.transaction(async (tx) => {
    await hold(tx);
    for (const { projectId } of busy) await tx.execute(holding(projectId));
    for (const project of busy.slice(1)) await writing(project.owner, await start(project));
    const { owner, projectId } = free;
    expect((await importFiles(api, owner, { projectId, files: [file()] })).report?.created).toBe(2);

    const [last] = busy;
    if (last) await writing(last.owner, await start(last));
    const id = await start(free);
    expect((await owner.call.imports.get({ id })).waitsFor).toEqual({ here: 0, elsewhere: true });
  });
  for (const { id, owner } of started) {
    expect(await ended(api, owner, id)).toMatchObject({ state: "done", waitsFor: null });
  }
  for (const { owner, projectId } of open) expect(await allTasks(owner, projectId)).toHaveLength(2);
});
