/**
 * What follows when the bytes of a file are there: a thumbnail of an image, the words of a text for
 * search, and the sum of what went straight to the store; if the same bytes are here already, it is
 * given up for them.
 *
 * It may be cut off anywhere and be done again. A file that its reader dies of is marked as declined,
 * and so is one that was begun three times by servers that died meanwhile; it is shown and given out as
 * any other, without a picture.
 */
import { buffer } from "node:stream/consumers";
import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Services } from "../../core/context.ts";
import { invariant } from "../../core/errors.ts";
import { fetchObject } from "./fetch-object.ts";
import { readInProcess } from "./read-in-process.ts";
import { MAX_PLAIN_BYTES, readPlain } from "./read-plain.ts";
import { hasText, isDrawn, isPlain, needsPostProcessing, type ReadAnswer } from "./reading.ts";
import { storeResults } from "./store-results.ts";

const { fileObjects, fileVersions } = schema;

/** Larger ones are given out, and that is all. */
const MAX_READ_BYTES = 200 * 1024 * 1024;
const MOST_ATTEMPTS = 3;

export async function unprocessed(q: Queryable, limit = 500): Promise<string[]> {
  const rows = await q
    .select({ id: fileObjects.id })
    .from(fileObjects)
    .where(isNull(fileObjects.tendedAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function postProcessObject(services: Services, objectId: string, signal: AbortSignal) {
  const object = await begin(services, objectId);
  if (!object) return;
  try {
    await postProcess(services, object, signal);
  } catch (error) {
    // The store or the database is away, or the server stops: not the file's fault.
    await services.db
      .update(fileObjects)
      .set({ attempts: sql`${fileObjects.attempts} - 1` })
      .where(eq(fileObjects.id, objectId));
    throw error;
  }
}

async function postProcess(
  services: Services,
  object: typeof fileObjects.$inferSelect,
  signal: AbortSignal,
) {
  const objectId = object.id;
  const type = await typeOfObject(services.db, objectId);
  const tooOften = object.attempts > MOST_ATTEMPTS;
  const isRead =
    needsPostProcessing(type) && !isPlain(type) && object.size <= MAX_READ_BYTES && !tooOften;
  const fetched = await fetchObject(services.files, objectId, {
    toDisk: isRead,
    summed: object.sha256 === null,
    signal,
  });
  try {
    const request = { type, thumbnail: isDrawn(type), text: hasText(type) };
    const refusal = tooOften ? "It was tried too often." : `It has ${object.size} bytes.`;
    const said = !needsPostProcessing(type)
      ? nothing
      : isPlain(type)
        ? { ...nothing, text: { made: await plainText(services, object, type) } }
        : isRead
          ? await read({ ...request, path: invariant(fetched.path, "asked for") }, signal)
          : declined(request, refusal);
    for (const [what, found] of Object.entries(said)) {
      if (!("declined" in found)) continue;
      const { declined: why } = found;
      services.config.log.info({ objectId, type, what, why }, "Nothing was made of a file.");
    }
    await storeResults(services, object, { ...said, sha256: fetched.sha256 });
  } finally {
    await fetched.remove();
  }
}

const nothing: ReadAnswer = { thumbnail: { made: null }, text: { made: null } };

type Wanted = { thumbnail: boolean; text: boolean };
const declined = ({ thumbnail, text }: Wanted, why: string): ReadAnswer => ({
  thumbnail: thumbnail ? { declined: why } : { made: null },
  text: text ? { declined: why } : { made: null },
});

async function plainText({ files: store }: Services, object: Sized, type: string) {
  if (object.size === 0) return "";
  const range = { start: 0, end: Math.min(object.size, MAX_PLAIN_BYTES) - 1 };
  return readPlain(await buffer(invariant(await store.get(object.id, range), "it is there")), type);
}

type Sized = { id: string; size: number };

async function read(request: Parameters<typeof readInProcess>[0], signal: AbortSignal) {
  const read = await readInProcess(request, signal);
  return "died" in read ? declined(request, read.died) : read.answer;
}

/** Counts the attempt; null when there is nothing to do any more. */
async function begin({ db }: Services, id: string) {
  const [row] = await db
    .update(fileObjects)
    .set({ attempts: sql`${fileObjects.attempts} + 1` })
    .where(and(eq(fileObjects.id, id), isNull(fileObjects.tendedAt)))
    .returning();
  return row ?? null;
}

async function typeOfObject(q: Queryable, objectId: string): Promise<string> {
  const [row] = await q
    .select({ type: fileVersions.type })
    .from(fileVersions)
    .where(eq(fileVersions.objectId, objectId))
    .orderBy(desc(fileVersions.createdAt))
    .limit(1);
  return row?.type ?? "";
}
