/**
 * How a file comes to be. Its bytes are stored first (`keepContent`), then the rows are written
 * (`addFile`, within whatever transaction): there is never a row without its bytes. Bytes without a
 * row, of a transaction that failed or a worker that died in between, are swept some days later
 * (`file_puts` knows them).
 */
import { Readable } from "node:stream";
import { type Queryable, schema, sqlState, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Actor, Services } from "../../core/context.ts";
import { GuildhallError } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { write } from "../../core/write.ts";
import { needsPostProcessing, previewAtFirst } from "../background/reading.ts";
import { HEAD_BYTES, typeOf } from "../file-type.ts";
import { type FilePlace, type LoadedFile, loadTarget, type UploadTarget } from "../load-file.ts";
import { readFile } from "../queries.ts";
import { setContent } from "../versions.ts";
import { takeQuota } from "./check-quota.ts";

const { files, fileObjects, filePuts, fileVersions } = schema;

/** 5 GB, as much as a person has ever had to wait for. */
export const MAX_FILE_BYTES = 5 * 1024 ** 3;

/** Bytes that are in the store, and not yet anybody's. The sum is null when it is still to be found. */
export type Kept = { key: string; size: number; sha256: string | null; head: Buffer };

type Storing = Pick<Services, "db" | "files">;
type Content = Uint8Array | AsyncIterable<Uint8Array>;

export async function keepContent(
  services: Storing,
  content: Content,
  maxBytes = MAX_FILE_BYTES,
): Promise<Kept> {
  const key = uuidv7();
  const parts: Buffer[] = [];
  let seen = 0;
  async function* noticing(stream: AsyncIterable<Uint8Array>) {
    for await (const bytes of stream) {
      if (seen < HEAD_BYTES) parts.push(Buffer.from(bytes.subarray(0, HEAD_BYTES - seen)));
      seen += bytes.length;
      yield bytes;
    }
  }
  const stream = content instanceof Uint8Array ? Readable.from([content]) : content;
  await services.db.insert(filePuts).values({ objectId: key });
  const stored = await services.files
    .put(key, noticing(stream), maxBytes)
    .catch(async (error: unknown) => {
      // A store that is away may still have got it: then the note stays, for the sweep.
      await dropContent(services, { key }).catch(() => {});
      throw error;
    });
  return { ...stored, key, head: Buffer.concat(parts) };
}

/** Of bytes that came to nothing: not waiting for the sweep. */
export async function dropContent(services: Storing, { key }: { key: string }): Promise<void> {
  await services.files.delete(key);
  await noteGone(services, key);
}

export const noteGone = ({ db }: Storing, key: string) =>
  db.delete(filePuts).where(eq(filePuts.objectId, key));

/** For bytes that may still come though nobody wants them any more. */
export const noteLate = (q: Queryable, key: string) =>
  q.insert(filePuts).values({ objectId: key }).onConflictDoNothing();

export type NewFile = {
  id: string;
  name: string;
  place: FilePlace;
  workspaceId: string;
  /** Where the place's changes are told: `scopeOf` a document, or the project of a task. */
  scopeId: string | null;
  createdBy: string | null;
};

/** The rows of a file. `spare`: bytes that were there already; drop them once this is committed. */
export async function addFile(tx: Tx, record: RecordChange, file: NewFile, kept: Kept) {
  const { id, name, workspaceId, createdBy } = file;
  const { documentId = null, taskId = null, projectId = null } = file.place;
  const type = await typeOf(kept.head, name);
  const objectId = await objectOf(tx, workspaceId, { ...kept, type });
  const content = { objectId, name, type, size: kept.size, createdBy };
  await tx.insert(files).values({
    ...{ id, workspaceId, ...content, changedBy: createdBy },
    ...{ documentId, taskId, projectId },
  });
  await tx.insert(fileVersions).values({ id, fileId: id, n: 1, ...content });
  const row = await readFile(tx, id);
  record({ entity: "file", id, op: "insert", row, scopeId: file.scopeId, workspaceId });
  return { row, spare: objectId === kept.key ? null : { key: kept.key } };
}

/** The one object with these bytes. Held, so that no sweep takes it away before the file is written. */
async function objectOf(
  tx: Tx,
  workspaceId: string,
  { key, sha256, size, type }: Kept & { type: string },
): Promise<string> {
  const isTended = sha256 !== null && !needsPostProcessing(type);
  const row = { id: key, workspaceId, sha256, size, preview: previewAtFirst(type) };
  const object = { ...row, tendedAt: isTended ? new Date() : null } as const;
  // Whether its bytes are here already is found when they have been read: post-process-object.ts.
  if (sha256 === null) {
    await tx.insert(fileObjects).values(object);
    return key;
  }
  for (;;) {
    await tx
      .insert(fileObjects)
      .values(object)
      .onConflictDoNothing({ target: [fileObjects.workspaceId, fileObjects.sha256] });
    const [held] = await tx
      .select({ id: fileObjects.id })
      .from(fileObjects)
      .where(and(eq(fileObjects.workspaceId, workspaceId), eq(fileObjects.sha256, sha256)))
      .for("key share");
    if (!held) continue;
    if (held.id === key) await tx.delete(filePuts).where(eq(filePuts.objectId, key));
    return held.id;
  }
}

export type NewVersion = { file: LoadedFile; id: string; name: string; createdBy: string };

/** The same of a version: the file's newest. */
async function addVersion(
  tx: Tx,
  record: RecordChange,
  { file, id, name, createdBy }: NewVersion,
  kept: Kept,
) {
  const type = await typeOf(kept.head, name);
  const objectId = await objectOf(tx, file.workspaceId, { ...kept, type });
  const content = { objectId, type, size: kept.size };
  const row = await setContent(tx, record, file, { id, name, createdBy, ...content });
  return { row, spare: objectId === kept.key ? null : { key: kept.key } };
}

type Writer = { services: Services; actor: Pick<Actor, "user"> & Partial<Actor>; path: string };

/** A file from bytes or a stream, for editors of the place; of a job too. */
export async function storeFile(
  ctx: Writer,
  file: { id?: string; name: string; place: FilePlace; content: Content },
) {
  const kept = await keepContent(ctx.services, file.content);
  return writeFile(ctx, { id: uuidv7(), ...file }, kept);
}

/**
 * The rows around bytes that are kept already; those are dropped when this fails. `id` is the
 * upload's: of the new file, or of the new version.
 */
export async function writeFile(
  ctx: Writer,
  { id, name, place }: { id: string; name: string; place: UploadTarget },
  kept: Kept,
) {
  const createdBy = ctx.actor.user.id;
  try {
    const { row, spare } = await write(ctx, null, async (tx, record) => {
      const { workspaceId, scopeId, file } = await loadTarget(tx, createdBy, place, "editor");
      await takeQuota(ctx.services, tx, workspaceId, kept.size);
      if (file) return addVersion(tx, record, { file, id, name, createdBy }, kept);
      return addFile(tx, record, { id, name, place, workspaceId, scopeId, createdBy }, kept);
    });
    if (spare) await dropContent(ctx.services, spare);
    // A sum alone can wait for whoever looks for what is unfinished: others may be sending now.
    else if (needsPostProcessing(row.type)) await ctx.services.enqueueFile(kept.key);
    return row;
  } catch (error) {
    // A refusal, or a name that is taken: surely rolled back. After a lost connection nobody knows.
    const isUndone = error instanceof GuildhallError || sqlState(error)?.startsWith("23");
    if (isUndone) await dropContent(ctx.services, kept);
    throw error;
  }
}
