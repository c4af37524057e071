/**
 * Files that go straight to the store in one piece: `address` notes what is to come and says where the
 * store takes it, `files.finish` writes the file when it is there. Theirs is the row of an upload in
 * parts (upload-in-parts.ts), without parts.
 *
 * Not by a form with a policy: that bounds a size and a type, and this address takes one size and one
 * sum. The sum is believed only when the bytes were read (post-process-object.ts): by it the same bytes are
 * stored once, and whoever named the sum of a file that they may not see would be given it.
 */
import { uuidv7 } from "uuidv7";
import type { ActorContext } from "../../core/context.ts";
import { idTaken } from "../../core/errors.ts";
import type { PutAddress } from "../../core/file-store.ts";
import { loadTarget } from "../load-file.ts";
import { checkQuota } from "./check-quota.ts";
import { fileTooLarge, mostBytes } from "./file-bound.ts";
import { findImportUpload, type Uploaded } from "./import-uploads.ts";
import { sameUpload } from "./same-upload.ts";
import { findUpload, isWhole, type NewUpload, noteUpload } from "./uploads.ts";

/** Longer ones go in parts. */
export const MAX_WHOLE_BYTES = 16 * 1024 * 1024;

export type WholeAddress = {
  /** Null: send it here, with PUT /files/<id>. */
  address: PutAddress | null;
  /** It was finished before. */
  file: Uploaded | null;
};

export async function addressOfWhole(
  ctx: ActorContext,
  { sha256, ...input }: NewUpload & { sha256: string },
): Promise<WholeAddress> {
  const { db, files: store } = ctx.services;
  const { id, size, place } = input;
  const { workspaceId } = await loadTarget(db, ctx.actor.user.id, place, "editor");
  const file = place.forImport
    ? await findImportUpload(ctx, id)
    : await sameUpload(ctx, id, place, sha256);
  if (file || !store.takesParts) return { file, address: null };
  const most = await mostBytes(ctx.services, place.forImport !== undefined);
  if (size > most) throw fileTooLarge(most);
  if (!place.forImport) await checkQuota(ctx.services, db, workspaceId, size);
  const objectId = uuidv7();
  const isNew = await noteUpload(ctx, input, { workspaceId, objectId, upload: "" });
  const key = isNew ? objectId : await keyOfSame(ctx, input);
  return { file: null, address: await store.putAddress(key, { size, sha256 }) };
}

/** Asked for again, as when the answer was lost or has expired. */
async function keyOfSame(ctx: ActorContext, { id, size }: NewUpload): Promise<string> {
  const known = await findUpload(ctx.services.db, id);
  const isTheSame = known?.createdBy === ctx.actor.user.id && known.size === size && isWhole(known);
  if (!isTheSame) throw idTaken();
  return known.objectId;
}
