/**
 * Lets go of bytes that are nobody's: of uploads that were not finished or were imported, of workers that died between
 * the bytes and the row, and of files that were long enough in the bin.
 *
 * Only what this database knows by name is ever deleted from the store. An object that it does not
 * know may belong to another Guildhall: somebody rehearses a restore beside the one that is in use.
 */
import { schema } from "@guildhall/db";
import { eq, inArray, lt, notExists, or, sql } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { dropContent, noteGone } from "./upload/store-file.ts";
import { dropUpload } from "./upload/upload-in-parts.ts";

const { files, fileObjects, filePuts, fileUploads, fileVersions } = schema;

const ago = (interval: string) => sql`now() - ${interval}::interval`;
const TRASH_KEPT = ago("30 days");
const UPLOADS_KEPT = ago("7 days");
const IMPORTS_KEPT = ago("1 day");
/** Longer than any upload takes. */
const PUTS_KEPT = ago("2 days");
/** At a time. */
const MOST = 500;

type Sweeping = Pick<Services, "db" | "files">;

/** Returns how many objects went. Doing it twice, or on several workers at once, is harmless. */
export async function sweepFiles(services: Sweeping): Promise<number> {
  const { db } = services;
  await db.delete(files).where(lt(files.deletedAt, TRASH_KEPT));
  const old = await db
    .select()
    .from(fileUploads)
    .where(or(lt(fileUploads.createdAt, UPLOADS_KEPT), lt(fileUploads.finishedAt, IMPORTS_KEPT)));
  for (const upload of old) await dropUpload(services, upload);
  const left = await db
    .select()
    .from(filePuts)
    .where(lt(filePuts.createdAt, PUTS_KEPT))
    .limit(MOST);
  for (const { objectId } of left) {
    await services.files.forget(objectId);
    await noteGone(services, objectId);
  }
  return old.length + left.length + (await dropUnused(services));
}

/** The row goes first: should the rest not happen, `file_puts` still knows the key. */
export async function dropUnused(services: Sweeping): Promise<number> {
  const { db } = services;
  const keys = await db.transaction(async (tx) => {
    const unused = await tx
      .select({ id: fileObjects.id, thumbnailKey: fileObjects.thumbnailKey })
      .from(fileObjects)
      .where(
        notExists(
          tx
            .select({ id: fileVersions.id })
            .from(fileVersions)
            .where(eq(fileVersions.objectId, fileObjects.id)),
        ),
      )
      .limit(MOST)
      // One that is about to be used again is held by whoever uses it.
      .for("update", { skipLocked: true });
    const ids = unused.map(({ id }) => id);
    if (ids.length === 0) return [];
    const keys = unused.flatMap(({ id, thumbnailKey }) =>
      thumbnailKey ? [id, thumbnailKey] : [id],
    );
    await tx
      .insert(filePuts)
      .values(keys.map((objectId) => ({ objectId })))
      .onConflictDoNothing();
    // A file that came meanwhile refuses this by its reference, and all of it is done another time.
    await tx.delete(fileObjects).where(inArray(fileObjects.id, ids));
    return keys;
  });
  for (const key of keys) await dropContent(services, { key });
  return keys.length;
}
