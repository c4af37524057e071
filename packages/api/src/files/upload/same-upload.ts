import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { ActorContext } from "../../core/context.ts";
import { idTaken } from "../../core/errors.ts";
import type { UploadTarget } from "../load-file.ts";
import { type FileRow, readFile } from "../queries.ts";

const { files, fileObjects, fileVersions } = schema;

/**
 * What an upload of this person with this id made before, when it was to the same place and of the
 * same bytes; null when there was none.
 */
export async function sameUpload(
  ctx: ActorContext,
  id: string,
  target: UploadTarget | null,
  sum?: string,
): Promise<FileRow | null> {
  const { db } = ctx.services;
  const [known] = await db
    .select({ file: files, createdBy: fileVersions.createdBy, sha256: fileObjects.sha256 })
    .from(fileVersions)
    .innerJoin(files, eq(files.id, fileVersions.fileId))
    .innerJoin(fileObjects, eq(fileObjects.id, fileVersions.objectId))
    .where(eq(fileVersions.id, id));
  if (!known) return null;
  const { file, sha256 } = known;
  const isTheSame =
    known.createdBy === ctx.actor.user.id &&
    (target === null || isThere(file, id, target)) &&
    (!sum || !sha256 || sha256 === sum);
  if (!isTheSame) throw idTaken();
  return readFile(db, file.id);
}

function isThere(file: typeof files.$inferSelect, id: string, target: UploadTarget): boolean {
  if (file.id !== id) return file.id === target.replaces;
  return (
    !target.replaces &&
    file.documentId === (target.documentId ?? null) &&
    file.taskId === (target.taskId ?? null) &&
    file.projectId === (target.projectId ?? null)
  );
}
