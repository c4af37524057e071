import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { ActorContext } from "../core/context.ts";
import { idTaken } from "../core/errors.ts";
import type { FilePlace } from "./load-file.ts";
import { type FileRow, readFile } from "./queries.ts";

const { files, fileObjects } = schema;

/**
 * What an upload of this person with this id made before, when it was to the same place and of the
 * same bytes; null when there was none.
 */
export async function sameUpload(
  ctx: ActorContext,
  id: string,
  place: FilePlace | null,
  sum?: string,
): Promise<FileRow | null> {
  const { db } = ctx.services;
  const [known] = await db
    .select({ file: files, sha256: fileObjects.sha256 })
    .from(files)
    .innerJoin(fileObjects, eq(fileObjects.id, files.objectId))
    .where(eq(files.id, id));
  if (!known) return null;
  const { file, sha256 } = known;
  const isThere =
    place === null ||
    (file.documentId === (place.documentId ?? null) &&
      file.taskId === (place.taskId ?? null) &&
      file.projectId === (place.projectId ?? null));
  const isTheSame = file.createdBy === ctx.actor.user.id && isThere && (!sum || sha256 === sum);
  if (!isTheSame) throw idTaken();
  return readFile(db, id);
}
