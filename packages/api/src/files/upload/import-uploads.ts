/**
 * Uploads that are to be imported. They come as every file does, in parts or straight to the store, and
 * become none: they are their sender's alone, stand in no list, and are swept a day later.
 */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { ActorContext } from "../../core/context.ts";
import { GuildhallError, idTaken, refused } from "../../core/errors.ts";
import type { FileRow } from "../queries.ts";
import { dropContent, type Kept } from "./store-file.ts";

const { filePuts, fileUploads } = schema;

const GB = 1024 ** 3;
/** Two as long as files can be: an export, and the same once more where the first was not right. */
const MOST_WAITING = 10 * GB;

/** What its sender is told of it. */
export type ImportUpload = Pick<FileRow, "id" | "name" | "size">;
/** And of any upload: more of it when it became a file. */
export type Uploaded = ImportUpload & Partial<FileRow>;

type Row = typeof fileUploads.$inferSelect;
const shown = ({ id, name, size }: Row): ImportUpload => ({ id, name, size });

/** One after the other: several at once would each see room for itself. */
export async function takeRoom(tx: Tx, userId: string, more: number): Promise<void> {
  const turn = sql`hashtextextended(${`import-uploads:${userId}`}, 0)`;
  await tx.execute(sql`select pg_advisory_xact_lock(${turn})`);
  const [all] = await tx
    .select({ bytes: sql<number>`coalesce(sum(${fileUploads.size}), 0)::float8` })
    .from(fileUploads)
    .where(and(eq(fileUploads.createdBy, userId), isNotNull(fileUploads.forImport)));
  if ((all?.bytes ?? 0) + more > MOST_WAITING) throw tooManyUploads();
}

const tooManyUploads = () =>
  refused(
    "too_many_uploads",
    `Nothing was uploaded: your uploads of the last day would exceed ${MOST_WAITING / GB} GB. Wait a day, or ask a colleague to import the rest.`,
  );

/** An upload of this person with this id that is all there; null when there is none. */
export async function findImportUpload(
  { services, actor }: ActorContext,
  id: string,
): Promise<ImportUpload | null> {
  const [row] = await services.db
    .select()
    .from(fileUploads)
    .where(and(eq(fileUploads.id, id), isNotNull(fileUploads.finishedAt)));
  if (!row) return null;
  if (row.createdBy !== actor.user.id) throw idTaken();
  return shown(row);
}

/** All of its parts are there, or all of it. */
export async function finishImportUpload(q: Queryable, id: string): Promise<ImportUpload[]> {
  const rows = await q
    .update(fileUploads)
    .set({ finishedAt: sql`now()`, joiningAt: null })
    .where(eq(fileUploads.id, id))
    .returning();
  return rows.map(shown);
}

type New = { id: string; name: string; forImport: string };

/** Of bytes that came in one piece; they are dropped when this fails. */
export async function keepImportUpload(
  { services, actor }: ActorContext,
  { id, name, forImport }: New,
  kept: Kept,
): Promise<ImportUpload> {
  const createdBy = actor.user.id;
  const { key: objectId, size } = kept;
  try {
    return await services.db.transaction(async (tx) => {
      await takeRoom(tx, createdBy, size);
      const about = { id, name, size, objectId, createdBy, forImport, workspaceId: forImport };
      const rows = await tx
        .insert(fileUploads)
        .values({ ...about, upload: "", finishedAt: new Date() })
        .onConflictDoNothing()
        .returning();
      const [row] = rows;
      if (!row) throw idTaken();
      await tx.delete(filePuts).where(eq(filePuts.objectId, objectId));
      return shown(row);
    });
  } catch (error) {
    if (error instanceof GuildhallError) await dropContent(services, kept);
    throw error;
  }
}
