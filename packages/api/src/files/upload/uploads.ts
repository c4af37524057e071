/** What is known of a file that is on its way, in parts or straight to the store, until its row is written. */
import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { ActorContext } from "../../core/context.ts";
import type { UploadTarget } from "../load-file.ts";
import { takeRoom } from "./import-uploads.ts";

const { fileUploads } = schema;

export type Upload = typeof fileUploads.$inferSelect;
export type NewUpload = { id: string; name: string; size: number; place: UploadTarget };

/** It comes in one piece, and the store knows no unfinished object of it. */
export const isWhole = ({ upload }: Pick<Upload, "upload">): boolean => upload === "";

/** False when there is one with this id. */
export async function noteUpload(
  { services, actor }: ActorContext,
  { id, name, size, place }: NewUpload,
  stored: Pick<Upload, "workspaceId" | "objectId" | "upload">,
): Promise<boolean> {
  const { documentId = null, taskId = null, projectId = null } = place;
  const { replaces = null, forImport = null } = place;
  const createdBy = actor.user.id;
  const noted = await services.db.transaction(async (tx) => {
    if (forImport) await takeRoom(tx, createdBy, size);
    return tx
      .insert(fileUploads)
      .values({
        ...{ id, name, size, createdBy, ...stored },
        ...{ documentId, taskId, projectId, replaces, forImport },
      })
      .onConflictDoNothing()
      .returning({ id: fileUploads.id });
  });
  return noted.length > 0;
}

export async function findUpload(q: Queryable, id: string): Promise<Upload | undefined> {
  const [row] = await q.select().from(fileUploads).where(eq(fileUploads.id, id));
  return row;
}
