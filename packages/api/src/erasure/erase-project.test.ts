import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBucket, aFolder, dyingStore, rowsWith, stored } from "../../testing/erased.ts";
import { makeWorld } from "../../testing/world.ts";
import { sweepFiles } from "../files/sweep-files.ts";
import { storeFile } from "../files/upload/store-file.ts";
import { eraseProject } from "./erase-project.ts";

const { files, filePuts, fileObjects, projects, searchWords } = schema;

const text = (content: string) => Buffer.from(content);

/** One of everything in a project of its own. */
async function fill(api: TestApi, place: Parameters<typeof makeWorld>[1], word: string) {
  const { owner, workspaceId } = place;
  const world = await makeWorld(api, place);
  const { projectId } = world;
  const ids = [projectId, world.statusId, await world.file(), await world.deletedFile()];
  ids.push(await world.task(), await world.comment(), await world.document());
  const { documentId, versionId } = await world.documentVersion();
  const { checklistId, itemId } = await world.checklist();
  const { threadId } = await world.documentThread();
  ids.push(documentId, versionId, checklistId, itemId, threadId, await world.label());
  ids.push(await world.deletedDocument());
  await world.projectMember();
  // Once in the workspace, and so told to all of it.
  const { call } = owner;
  const moved = await call.documents.create({ workspaceId, title: `Moved ${word}` });
  await call.documents.move({ id: moved.id, projectId, parentId: null });
  ids.push(moved.id);
  const named = { projectId, title: `About ${word}`, mutationId: uuidv7() };
  ids.push((await call.tasks.create(named)).id);
  const writer = { services: api.services, actor: { user: owner.user }, path: "files.upload" };
  const own = { name: `${word}.txt`, place: { projectId }, content: text(`Only ${word}`) };
  const { id: fileId } = await storeFile(writer, own);
  return { projectId, ids: [...ids, fileId], objectIds: await objectsOf(api, projectId) };
}

/** Those that no other project has. */
async function objectsOf(api: TestApi, projectId: string) {
  const rows = await api.services.db
    .select({ id: fileObjects.id })
    .from(files)
    .innerJoin(fileObjects, eq(fileObjects.id, files.objectId))
    .where(eq(files.projectId, projectId));
  return rows.map(({ id }) => id);
}

const shiftDeletion = (api: TestApi, id: string, days: number) =>
  api.services.db
    .update(projects)
    .set({ deletedAt: sql`now() - make_interval(days => ${days})` })
    .where(eq(projects.id, id));

async function toTheEnd(api: TestApi, projectId: string) {
  for await (const _ of eraseProject(api.services, projectId));
}

const wordsOf = async (api: TestApi, workspaceId: string) =>
  (
    await api.services.db
      .select({ word: searchWords.word })
      .from(searchWords)
      .where(eq(searchWords.workspaceId, workspaceId))
  ).map(({ word }) => word);

describe.each(["a folder", "a bucket"])("with files in %s", (kind) => {
  let api: TestApi;
  let store: Awaited<ReturnType<typeof aFolder>>;
  beforeAll(async () => {
    store = await (kind === "a folder" ? aFolder : aBucket)();
    api = await startTestApi({}, { files: store.store });
  });
  afterAll(async () => {
    await api.stop();
    await store.stop();
  });

  test("nothing of it is left but the audit log, though its worker died at every step; the others keep all", async () => {
    const owner = await api.person("Olga");
    const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
    const place = { owner, workspaceId };
    const gone = await fill(api, place, "zebrafinch");
    const kept = await fill(api, place, "albatross");
    await api.services.search.settled();
    expect(await wordsOf(api, workspaceId)).toEqual(
      expect.arrayContaining(["zebrafinch", "albatross"]),
    );
    const { projectId } = gone;
    const before = await rowsWith(api, kept.ids);
    await owner.call.projects.delete({ id: projectId, name: "App" });
    // Not before its days are over.
    await shiftDeletion(api, projectId, 13);
    await toTheEnd(api, projectId);
    expect(await rowsWith(api, [projectId])).toHaveProperty("tasks");
    await shiftDeletion(api, projectId, 15);

    const dying = dyingStore(store.store);
    const died = { ...api.services, files: dying };
    const steps = new Set<string>();
    for (let isOver = false; !isOver; ) {
      isOver = true;
      try {
        for await (const step of eraseProject(died, projectId)) {
          isOver = false;
          // Killed behind the first thing that it did for the first time.
          if (steps.has(step)) continue;
          steps.add(step);
          break;
        }
      } catch (error) {
        expect(error).toMatchObject({ message: "The worker died here." });
        isOver = false;
      }
    }
    expect([...steps]).toEqual(
      expect.arrayContaining(["begin", "changes", "tasks", "documents", "projects"]),
    );
    expect(dying.deaths).toBeGreaterThan(0);
    // What a worker left between a row and its bytes goes with the next sweep.
    await api.services.db.update(filePuts).set({ createdAt: sql`now() - interval '3 days'` });
    await sweepFiles(api.services);

    const isLeft = async () => {
      const { changes, ...rest } = await rowsWith(api, gone.ids);
      return { changes, ...rest };
    };
    // Of the feed the one row that says it is gone.
    await expect.poll(isLeft).toEqual({ changes: 1 });
    const left = await stored(store.store);
    for (const key of gone.objectIds) expect(left).not.toContain(key);
    for (const key of kept.objectIds) expect(left).toContain(key);
    const words = await wordsOf(api, workspaceId);
    expect(words).toContain("albatross");
    expect(words).not.toContain("zebrafinch");
    const after = await rowsWith(api, kept.ids);
    for (const [table, rows] of Object.entries(before)) {
      if (table === "search_queue") continue;
      expect([table, after[table]]).toEqual([table, Math.max(rows, after[table] ?? 0)]);
    }
    // The feed has no gap, and tells an owner who reads it from its beginning nothing of it.
    const { changes, reset } = await owner.call.changes.since({ workspaceId, seq: 0 });
    expect(reset).toBe(false);
    expect(JSON.stringify(changes)).not.toContain("zebrafinch");
    expect(JSON.stringify(changes)).toContain("albatross");
    const audit = await owner.call.audit.list({ workspaceId, limit: 200 });
    expect(audit.entries.map(({ action }) => action)).toContain("project.deleted");
  });
});
