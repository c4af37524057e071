import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { startTestS3 } from "@guildhall/testing/s3";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeWorld } from "../../../testing/world.ts";
import type { FileStore } from "../../core/file-store.ts";
import { createFolderStore } from "../../files/store/folder-store.ts";
import { createS3Store } from "../../files/store/s3-store.ts";
import { eraseWorkspace } from "./erase-workspace.ts";

const { workspaces } = schema;

/** One of everything, in a workspace of its own. */
async function settle(api: TestApi) {
  const owner = await api.person("Olga");
  const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
  const world = await makeWorld(api, { owner, workspaceId });
  const ids = [workspaceId, world.projectId, await world.file(), await world.deletedFile()];
  ids.push(await world.task(), await world.comment(), await world.document());
  const { documentId, versionId } = await world.documentVersion();
  const { checklistId } = await world.checklist();
  ids.push(documentId, versionId, checklistId, (await world.documentThread()).threadId);
  await world.invitation();
  await owner.call.invitations.createLink({
    ...{ workspaceId, role: "viewer", days: null, maxUses: 2, domain: null, label: "A link" },
  });
  await world.projectMember();
  await world.importId();
  await world.deletedDocument();
  // Whose answer is kept for a retry.
  await owner.call.tasks.create({
    ...{ projectId: world.projectId, title: "Kept", mutationId: uuidv7() },
  });
  await owner.upload(workspaceId, new File(["a,b"], "a.csv"));
  return { owner, workspaceId, ids };
}

/** In how many rows of each table of the database one of these ids stands, whatever the column. */
async function rowsWith(api: TestApi, ids: string[]) {
  const tables = await api.services.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    // That is kept as set; and what the search has still to be told.
    if (name === "audit_entries") continue;
    const [row] = await api.services.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)} t
        where t::text like any(${sql.param(ids.map((id) => `%${id}%`))}::text[])`,
    );
    if (row?.n) found[name] = row.n;
  }
  return found;
}

async function objectsOf(api: TestApi, workspaceId: string) {
  const { fileObjects, fileUploads } = schema;
  const { db } = api.services;
  const objects = await db
    .select()
    .from(fileObjects)
    .where(eq(fileObjects.workspaceId, workspaceId));
  const uploads = await db
    .select()
    .from(fileUploads)
    .where(eq(fileUploads.workspaceId, workspaceId));
  return [...objects.map(({ id }) => id), ...uploads.map(({ objectId }) => objectId)];
}

async function stored(store: FileStore) {
  const keys = new Set<string>();
  for await (const { key } of store.list()) keys.add(key);
  return keys;
}

const shiftDeletion = (api: TestApi, id: string, days: number) =>
  api.services.db
    .update(workspaces)
    .set({ deletedAt: sql`now() - make_interval(days => ${days})` })
    .where(eq(workspaces.id, id));

async function toTheEnd(api: TestApi, workspaceId: string) {
  for await (const _ of eraseWorkspace(api.services, workspaceId));
}

/** A store whose every object can be deleted at the second try only: the worker died at the first. */
function dyingStore(inner: FileStore): FileStore & { deaths: number } {
  const tried = new Set<string>();
  const dying = Object.create(inner) as FileStore & { deaths: number };
  dying.deaths = 0;
  const once = (act: (key: string) => Promise<void>) => async (key: string) => {
    if (tried.has(key)) return act(key);
    tried.add(key);
    // Half of them die when the bytes are gone and the row is not.
    if (dying.deaths % 2) await act(key);
    dying.deaths += 1;
    throw new Error("The worker died here.");
  };
  dying.forget = once((key) => inner.forget(key));
  dying.delete = once((key) => inner.delete(key));
  return dying;
}

async function aFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-erased-"));
  return { store: createFolderStore(folder), stop: () => rm(folder, { recursive: true }) };
}

async function aBucket() {
  const s3 = await startTestS3();
  return { store: createS3Store(s3.settings), stop: () => s3.stop() };
}

describe.each(["a folder", "a bucket"])("with files in %s", (kind) => {
  let api: TestApi;
  let files: { store: FileStore; stop: () => Promise<void> };
  beforeAll(async () => {
    files = await (kind === "a folder" ? aFolder : aBucket)();
    api = await startTestApi({}, { files: files.store });
  });
  afterAll(async () => {
    await api.stop();
    await files.stop();
  });

  test("nothing of it is left but the audit log, though its worker died at every step; others keep all", async () => {
    const mill = await settle(api);
    const other = await settle(api);
    const before = await rowsWith(api, other.ids);
    const [gone, kept] = [
      await objectsOf(api, mill.workspaceId),
      await objectsOf(api, other.workspaceId),
    ];
    expect(gone.length).toBeGreaterThan(1);
    await mill.owner.call.workspaces.delete({ workspaceId: mill.workspaceId, name: "Mill" });
    // Not before its days are over.
    await shiftDeletion(api, mill.workspaceId, 13);
    await toTheEnd(api, mill.workspaceId);
    expect(await rowsWith(api, [mill.workspaceId])).toHaveProperty("tasks");
    await shiftDeletion(api, mill.workspaceId, 15);

    const dying = dyingStore(files.store);
    const died = { ...api.services, files: dying };
    const steps = new Set<string>();
    for (let isOver = false; !isOver; ) {
      isOver = true;
      try {
        for await (const step of eraseWorkspace(died, mill.workspaceId)) {
          steps.add(step);
          isOver = false;
          // Killed behind the first thing that it did.
          if (step !== "begin") break;
        }
      } catch (error) {
        expect(error).toMatchObject({ message: "The worker died here." });
        isOver = false;
      }
    }
    expect(dying.deaths).toBe(gone.length);
    expect([...steps]).toEqual(
      expect.arrayContaining(["begin", "tasks", "documents", "file_objects", "changes"]),
    );

    await expect.poll(() => rowsWith(api, mill.ids)).toEqual({});
    const left = await stored(files.store);
    for (const key of gone) expect(left).not.toContain(key);
    for (const key of kept) expect(left).toContain(key);
    // What is made in the background of a text may come meanwhile; nothing goes but what waits for that.
    const after = await rowsWith(api, other.ids);
    for (const [table, rows] of Object.entries(before)) {
      if (table === "search_queue") continue;
      expect([table, after[table]]).toEqual([table, Math.max(rows, after[table] ?? 0)]);
    }
    const audit = await api.services.db
      .select()
      .from(schema.auditEntries)
      .where(eq(schema.auditEntries.workspaceId, mill.workspaceId));
    expect(audit.map(({ action }) => action)).toContain("workspace.deleted");
  });
});
