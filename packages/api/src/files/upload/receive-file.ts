import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { ActorContext } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { type Content, TooLong } from "../../core/file-store.ts";
import { asDatabaseFailure } from "../../core/write.ts";
import { fileName } from "../file-name.ts";
import { loadTarget, type UploadTarget } from "../load-file.ts";
import { checkQuota } from "./check-quota.ts";
import { fileTooLarge, mostBytes } from "./file-bound.ts";
import { findImportUpload, keepImportUpload, type Uploaded } from "./import-uploads.ts";
import { sameUpload } from "./same-upload.ts";
import { dropContent, keepContent, MAX_FILE_BYTES, writeFile } from "./store-file.ts";

/** Where a file belongs: to one of the three. */
const places = {
  documentId: z.uuid().optional(),
  taskId: z.uuid().optional(),
  projectId: z.uuid().optional(),
};
const isOne = (place: object) => Object.values(place).filter(Boolean).length === 1;

export const placeInput = z
  .object(places)
  .refine(isOne, { message: "A file needs one place: a document, a task or a project." });

/**
 * Or the place of a file, as whose newest version it comes; or the workspace in which it is to be
 * imported: then it is its sender's alone, and gone a day later.
 */
export const targetInput = z
  .object({ ...places, replaces: z.uuid().optional(), forImport: z.uuid().optional() })
  .refine(isOne, {
    message:
      "A file needs one place: a document, a task, a project, the file that it replaces, or the workspace that it is imported in.",
  });

const upload = z.intersection(
  targetInput,
  z.object({
    id: z.uuid(),
    name: fileName,
    /** In hex; the file is refused when other bytes arrive. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
);

const cutOff = () =>
  refused(
    "upload_cut_off",
    "Nothing was uploaded: the file didn't arrive completely. Upload it again.",
  );

const changedOnTheWay = () =>
  refused(
    "checksum_mismatch",
    "Nothing was uploaded: the file was damaged on the way (its SHA-256 differs). Upload it again.",
  );

/** What a request brings. */
type Body = {
  /** In bytes, as its sender says; 0 when they say nothing. */
  announced: number;
  content: () => Content;
  /** Says why it did not arrive; `most`: how long it could have been. */
  arrived: <T>(keeping: Promise<T>, most: number) => Promise<T>;
};

export const bodyOfRequest = (req: IncomingMessage): Body => ({
  announced: Number(req.headers["content-length"] ?? 0),
  content: () => bodyOf(req),
  arrived: (keeping, most) => arrived(req, keeping, most),
});

/**
 * The body of a PUT, as a file with the id that its sender made. Sent again with that id, it is the
 * same file: what is known already is answered without reading the body.
 */
export async function receiveFile(
  ctx: ActorContext,
  asked: Record<string, string>,
  { announced, content, arrived }: Body,
): Promise<Uploaded> {
  const input = upload.parse(asked);
  const userId = ctx.actor.user.id;
  const { db } = ctx.services;
  const { workspaceId } = await loadTarget(db, userId, input, "editor");
  const { id, name, forImport } = input;
  const known = forImport
    ? await findImportUpload(ctx, id)
    : await sameUpload(ctx, id, input, input.sha256);
  if (known) return known;
  const most = await mostBytes(ctx.services, forImport !== undefined);
  if (announced > most) throw fileTooLarge(most);
  if (!forImport) await checkQuota(ctx.services, db, workspaceId, announced);
  const kept = await arrived(keepContent(ctx.services, content(), most), most);
  if (input.sha256 && input.sha256 !== kept.sha256) {
    await dropContent(ctx.services, kept);
    throw changedOnTheWay();
  }
  if (forImport) return keepImportUpload(ctx, { id, name, forImport }, kept);
  const place: UploadTarget = input;
  return writeFile({ ...ctx, path: "files.upload" }, { id, name, place }, kept).catch(
    async (error: unknown) => {
      if (asDatabaseFailure(error)?.reason !== "id_taken") throw error;
      // Somebody else's, or this very file, sent twice at once.
      const first = await sameUpload(ctx, id, place, kept.sha256 ?? undefined);
      if (!first) throw error;
      return first;
    },
  );
}

/** Why a body did not arrive, in words of ours. */
export const arrived = <T>(
  req: IncomingMessage,
  keeping: Promise<T>,
  most = MAX_FILE_BYTES,
): Promise<T> =>
  keeping.catch((error: unknown) => {
    if (error instanceof TooLong) throw fileTooLarge(most);
    if (req.destroyed && !req.complete) throw cutOff();
    throw error;
  });

/**
 * Left open when it is given up: its sender still has to be told why.
 *
 * A piece is good until the next is asked for; then its memory is freed here. Left to the collector of
 * garbage it would make that look through everything there is for each 64 MB that pass: with the 140 MB
 * of a server at work that took more time than reading, summing and writing the bytes.
 */
export async function* bodyOf(req: IncomingMessage): AsyncGenerator<Uint8Array> {
  for await (const piece of req.iterator({ destroyOnReturn: false })) {
    yield piece;
    // Several pieces may share what was read at once.
    if (piece.byteLength === piece.buffer.byteLength) piece.buffer.transfer(0);
  }
}
