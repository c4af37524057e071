import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, isNull, ne } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { scopeOf } from "../../core/access.ts";
import type { Services } from "../../core/context.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { write } from "../../core/write.ts";
import { fileColumns, objectOfFile } from "../queries.ts";
import { dropContent } from "../upload/store-file.ts";
import type { ReadAnswer, Thumbnail } from "./reading.ts";

const { files, fileObjects, filePuts, fileTexts, fileVersions, tasks, documents } = schema;

type ObjectRow = typeof fileObjects.$inferSelect;
type Found = ReadAnswer & { sha256: string | null };

/** Notes what was made of an object, and tells of it wherever a file with these bytes stands. */
export async function storeResults(services: Services, object: ObjectRow, found: Found) {
  const { thumbnail, text } = found;
  const picture = "made" in thumbnail ? thumbnail.made : null;
  const kept = picture && (await storePicture(services, picture));
  const ctx = { services, actor: null, path: "files.postProcess" };
  const spare = await write(ctx, object.workspaceId, async (tx, record) => {
    const sha256 = object.sha256 ?? found.sha256;
    const twin = object.sha256 === null && sha256 ? await findTwin(tx, object, sha256) : null;
    if (twin) {
      await giveUpFor(tx, object, twin);
      await tell(tx, record, twin);
      return kept && [kept.thumbnailKey];
    }
    const isPreviewed = object.preview === "waiting";
    const preview = kept ? "ready" : "declined" in thumbnail ? "declined" : "none";
    const [mine] = await tx
      .update(fileObjects)
      .set({
        sha256,
        tendedAt: new Date(),
        ...(isPreviewed && { preview }),
        ...(kept && picture && { ...kept, width: picture.width, height: picture.height }),
      })
      .where(and(eq(fileObjects.id, object.id), isNull(fileObjects.tendedAt)))
      .returning({ id: fileObjects.id });
    // Somebody else has done it meanwhile.
    if (!mine) return kept && [kept.thumbnailKey];
    if (kept) await tx.delete(filePuts).where(eq(filePuts.objectId, kept.thumbnailKey));
    const state = "declined" in text ? "declined" : text.made ? "ready" : "none";
    const words = { state, text: "made" in text ? (text.made ?? "") : "" } as const;
    await tx
      .insert(fileTexts)
      .values({ objectId: object.id, ...words })
      .onConflictDoUpdate({ target: fileTexts.objectId, set: words });
    if (isPreviewed) await tell(tx, record, object.id);
    return null;
  });
  for (const key of spare ?? []) await dropContent(services, { key });
}

async function storePicture({ db, files: store }: Services, { bytes }: Thumbnail) {
  const thumbnailKey = uuidv7();
  await db.insert(filePuts).values({ objectId: thumbnailKey });
  async function* content() {
    yield bytes;
  }
  const { size } = await store.put(thumbnailKey, content(), bytes.length);
  return { thumbnailKey, thumbnailSize: size };
}

/** The object of these bytes that was here before. */
async function findTwin(tx: Tx, { id, workspaceId }: ObjectRow, sha256: string) {
  const [row] = await tx
    .select({ id: fileObjects.id })
    .from(fileObjects)
    .where(
      and(
        eq(fileObjects.workspaceId, workspaceId),
        eq(fileObjects.sha256, sha256),
        ne(fileObjects.id, id),
      ),
    )
    .for("key share");
  return row?.id ?? null;
}

/** Its bytes stay for the sweep: somebody may be reading them, or have their address. */
async function giveUpFor(tx: Tx, { id }: ObjectRow, twin: string) {
  await tx.update(fileVersions).set({ objectId: twin }).where(eq(fileVersions.objectId, id));
  await tx.update(files).set({ objectId: twin }).where(eq(files.objectId, id));
  await tx.insert(filePuts).values({ objectId: id }).onConflictDoNothing();
  await tx.delete(fileObjects).where(eq(fileObjects.id, id));
}

async function tell(tx: Tx, record: RecordChange, objectId: string) {
  for (const { file, scopeId } of await standing(tx, objectId)) {
    record({ entity: "file", id: file.id, op: "update", row: file, scopeId });
  }
}

/** The files of these bytes, with where their changes are told. */
async function standing(q: Queryable, objectId: string) {
  const rows = await q
    .select({
      file: fileColumns,
      taskProject: tasks.projectId,
      scopePath: documents.scopePath,
      documentProject: documents.projectId,
    })
    .from(files)
    .innerJoin(fileObjects, objectOfFile)
    .leftJoin(tasks, eq(tasks.id, files.taskId))
    .leftJoin(documents, eq(documents.id, files.documentId))
    .where(and(eq(files.objectId, objectId), isNull(files.deletedAt)));
  return rows.map(({ file, taskProject, scopePath, documentProject }) => ({
    file,
    scopeId: scopePath
      ? scopeOf({ scopePath, projectId: documentProject })
      : (taskProject ?? file.projectId),
  }));
}
