import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aBucket, aFolder, dyingStore, rowsWith, stored } from "../../testing/erased.ts";
import { makeWorld } from "../../testing/world.ts";
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

const shiftDeletion = (api: TestApi, id: string, days: number) =>
  api.services.db
    .update(workspaces)
    .set({ deletedAt: sql`now() - make_interval(days => ${days})` })
    .where(eq(workspaces.id, id));

async function toTheEnd(api: TestApi, workspaceId: string) {
  for await (const _ of eraseWorkspace(api.services, workspaceId));
}

describe.each(["a folder", "a bucket"])("with files in %s", (kind) => {
  let api: TestApi;
  let files: Awaited<ReturnType<typeof aFolder>>;
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
