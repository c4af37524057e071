/**
 * Files that are too long to be sent again from the start when a line breaks. `begin` notes what is
 * to come and says which parts are here already; each part is sent on its own, in any order, as often
 * as it takes; `finish` makes one object of them and writes the file. Every step may be repeated:
 * what is done already is answered as done.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, isNull, lt, or, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { ActorContext, Services } from "../../core/context.ts";
import { GuildhallError, idTaken, invariant, notFound, refused } from "../../core/errors.ts";
import type { Content, Part } from "../../core/file-store.ts";
import type { RefusalReason } from "../../core/reasons.ts";
import { HEAD_BYTES } from "../file-type.ts";
import { loadTarget } from "../load-file.ts";
import { checkQuota } from "./check-quota.ts";
import { fileTooLarge, mostBytes } from "./file-bound.ts";
import { findImportUpload, finishImportUpload, type Uploaded } from "./import-uploads.ts";
import { sameUpload } from "./same-upload.ts";
import { noteLate, writeFile } from "./store-file.ts";
import { findUpload, isWhole, type NewUpload, noteUpload, type Upload } from "./uploads.ts";

const { fileObjects, fileUploads, fileUploadParts } = schema;

/** S3 takes no less, but for the last part. Small enough that a slow line sends one in a minute or two. */
const PART_BYTES = 8 * 1024 * 1024;

export type Begun = {
  partBytes: number;
  /** Parts that are here already. */
  done: number[];
  /** The store takes parts itself: ask `partAddress` for each. One that it does not get, send here. */
  direct: boolean;
  /** It was finished before. */
  file: Uploaded | null;
};

export async function beginUpload(ctx: ActorContext, input: NewUpload): Promise<Begun> {
  const { db, files: store } = ctx.services;
  const { id, size, place } = input;
  const userId = ctx.actor.user.id;
  const { workspaceId } = await loadTarget(db, userId, place, "editor");
  const most = await mostBytes(ctx.services, place.forImport !== undefined);
  if (size > most) throw fileTooLarge(most);
  const file = place.forImport ? await findImportUpload(ctx, id) : await sameUpload(ctx, id, place);
  const begun = { partBytes: PART_BYTES, direct: store.takesParts, done: [], file: null };
  if (file) return { ...begun, file };
  const known = await findUpload(db, id);
  if (known) {
    const isTheSame = known.createdBy === userId && known.size === size;
    if (!isTheSame) throw idTaken();
    const parts = await partsOf(ctx.services, known);
    return { ...begun, done: parts.joined ? allOf(known) : parts.here.map(({ n }) => n) };
  }
  if (!place.forImport) await checkQuota(ctx.services, db, workspaceId, size);
  const objectId = uuidv7();
  const upload = await store.parts.begin(objectId);
  if (await noteUpload(ctx, input, { workspaceId, objectId, upload })) return begun;
  // Begun twice at once: the other one stands.
  await store.parts.drop({ key: objectId, upload });
  return beginUpload(ctx, input);
}

/** Where the store itself takes this part; null: send it here. */
export async function addressOfPart(
  ctx: ActorContext,
  { id, n, sha256 }: { id: string; n: number; sha256: string },
) {
  const upload = await loadUpload(ctx, id);
  const size = sizeOfPart(upload, n);
  if (size <= 0 || isWhole(upload)) throw noSuchPart();
  const piece = { key: upload.objectId, upload: upload.upload, n };
  return ctx.services.files.parts.address(piece, { size, sha256 });
}

const noSuchPart = () => refused("bad_input", "Nothing was stored: there's no such part.");

type NewPart = { id: string; n: number; content: Content; sha256?: string };

/** One part, all of it or nothing. */
export async function receivePart(ctx: ActorContext, { id, n, content, sha256 }: NewPart) {
  const { db, files: store } = ctx.services;
  const upload = await loadUpload(ctx, id);
  const expected = sizeOfPart(upload, n);
  if (expected <= 0 || isWhole(upload)) throw noSuchPart();
  const [noted] = await notedParts(db, upload, n);
  // What was acknowledged is not written over: a line may break in the middle of it.
  if (noted) return { n };
  const piece = { key: upload.objectId, upload: upload.upload, n, at: (n - 1) * PART_BYTES };
  const part = await store.parts.put(piece, content, expected);
  if (part.size !== expected || (sha256 && sha256 !== part.sha256)) {
    throw refused(
      "checksum_mismatch",
      "This part wasn't stored: it was damaged on the way. Send it again.",
    );
  }
  await db
    .insert(fileUploadParts)
    .values({ uploadId: id, n, size: part.size, tag: part.tag })
    .onConflictDoUpdate({
      target: [fileUploadParts.uploadId, fileUploadParts.n],
      set: { size: part.size, tag: part.tag },
    });
  return { n };
}

/** Makes the file of its parts. */
export async function finishUpload(ctx: ActorContext, id: string): Promise<Uploaded> {
  const { services } = ctx;
  const { db, files: store } = services;
  // Finished before, and the answer was lost.
  const file = (await sameUpload(ctx, id, null)) ?? (await findImportUpload(ctx, id));
  if (file) return file;
  const upload = await loadUpload(ctx, id);
  const parts = await partsOf(services, upload);
  if (!parts.joined && parts.here.length < allOf(upload).length) throw incomplete();
  await claim(db, id);
  try {
    const of = { key: upload.objectId, upload: upload.upload };
    if (!parts.joined) await store.parts.join(of, parts.here);
    const { objectId: key, size } = upload;
    if (upload.forImport) {
      const [kept] = await finishImportUpload(db, id);
      if (!kept) throw notFound("upload");
      return kept;
    }
    // Its sum is found when all of it is read: post-process-object.ts.
    const kept = { key, size, sha256: null, head: await readHead(store, key, size) };
    const row = await writeFile(
      { services, actor: ctx.actor, path: "files.finish" },
      { id, name: upload.name, place: upload },
      kept,
    );
    await db.delete(fileUploads).where(eq(fileUploads.id, id));
    return row;
  } catch (error) {
    // What was refused has been let go of; anything else may work when it is asked for again.
    const isOver = error instanceof GuildhallError && !MAY_GO_ON.has(error.reason);
    if (isOver) await dropUpload(services, upload);
    else await db.update(fileUploads).set({ joiningAt: null }).where(eq(fileUploads.id, id));
    throw error;
  }
}

const MAY_GO_ON = new Set<RefusalReason>([
  "file_store_unavailable",
  "upload_incomplete",
  "database_unavailable",
]);

const incomplete = () =>
  refused("upload_incomplete", "The upload isn't complete: some parts are missing. Send them.");

/** Called off by its sender. */
export async function abandonUpload(ctx: ActorContext, id: string) {
  const upload = await findUpload(ctx.services.db, id);
  if (upload?.createdBy === ctx.actor.user.id) await dropUpload(ctx.services, upload);
  return { id };
}

export async function dropUpload(
  { db, files: store }: Pick<Services, "db" | "files">,
  upload: Upload,
) {
  const isUsed = await db.select().from(fileObjects).where(eq(fileObjects.id, upload.objectId));
  // Joined, and nobody's: a worker died before it wrote the rows.
  if (isUsed.length === 0) {
    await store.delete(upload.objectId);
    // Whoever has an address of the store may still be sending there: the sweep comes once more.
    if (store.takesParts) await noteLate(db, upload.objectId);
  }
  if (!isWhole(upload)) await store.parts.drop({ key: upload.objectId, upload: upload.upload });
  await db.delete(fileUploads).where(eq(fileUploads.id, upload.id));
}

/** Joining takes seconds, and is done by one at a time; one that died with its worker is taken over. */
async function claim(q: Queryable, id: string) {
  const [mine] = await q
    .update(fileUploads)
    .set({ joiningAt: sql`now()` })
    .where(
      and(
        eq(fileUploads.id, id),
        or(
          isNull(fileUploads.joiningAt),
          lt(fileUploads.joiningAt, sql`now() - interval '3 minutes'`),
        ),
      ),
    )
    .returning({ id: fileUploads.id });
  if (!mine)
    throw refused("upload_finishing", "The server is assembling this file. Try again in a moment.");
}

async function readHead(store: Services["files"], key: string, size: number): Promise<Buffer> {
  const range = { start: 0, end: Math.min(size, HEAD_BYTES) - 1 };
  const content = invariant(await store.get(key, range), "an object that was just joined");
  const pieces: Uint8Array[] = [];
  for await (const bytes of content) pieces.push(bytes);
  return Buffer.concat(pieces);
}

const sizeOfPart = ({ size }: Upload, n: number) =>
  Math.min(PART_BYTES, size - (n - 1) * PART_BYTES);

/** Of this person alone, and only as long as they may write there. */
async function loadUpload(ctx: ActorContext, id: string): Promise<Upload> {
  const { db } = ctx.services;
  const upload = await findUpload(db, id);
  if (upload?.createdBy !== ctx.actor.user.id || upload.finishedAt) throw notFound("upload");
  await loadTarget(db, ctx.actor.user.id, upload, "editor");
  return upload;
}

const allOf = ({ size }: Upload) =>
  Array.from({ length: Math.ceil(size / PART_BYTES) }, (_, i) => i + 1);

/**
 * The parts that are here: as noted, or where the store takes parts itself as it says, and only those
 * of the size that they have to have. `joined`: the object was made of them before, and the rows
 * could not be written after it.
 */
async function partsOf({ db, files: store }: Services, upload: Upload): Promise<Parts> {
  const key = upload.objectId;
  const comesInParts = store.takesParts && !isWhole(upload);
  const parts = comesInParts
    ? await store.parts.list({ key, upload: upload.upload })
    : await notedParts(db, upload);
  const here = parts.filter(({ n, size }) => size === sizeOfPart(upload, n));
  if (here.length > 0 && comesInParts) return { joined: false, here };
  const there = await store.stat(key);
  return there?.size === upload.size ? { joined: true } : { joined: false, here };
}

type Parts = { joined: true } | { joined: false; here: Part[] };

function notedParts(q: Queryable, upload: Upload, only?: number): Promise<Part[]> {
  return q
    .select({ n: fileUploadParts.n, size: fileUploadParts.size, tag: fileUploadParts.tag })
    .from(fileUploadParts)
    .where(
      and(eq(fileUploadParts.uploadId, upload.id), only ? eq(fileUploadParts.n, only) : undefined),
    )
    .orderBy(asc(fileUploadParts.n));
}
