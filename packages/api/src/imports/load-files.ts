import { buffer } from "node:stream/consumers";
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { fileGone } from "./import-refusals.ts";

const { fileUploads } = schema;

/** An upload; its bytes are read when they are wanted, from `start` up to `end`. */
export type ReadableFile = {
  name: string;
  size: number;
  read(start: number, end: number): Promise<Uint8Array>;
};

const ofPerson = (userId: string, ids: string[]) =>
  and(
    inArray(fileUploads.id, ids),
    eq(fileUploads.createdBy, userId),
    isNotNull(fileUploads.forImport),
    isNotNull(fileUploads.finishedAt),
  );

/** In the order asked for; null when one is missing or somebody else's. */
export async function loadFiles(
  { db, files }: Pick<Services, "db" | "files">,
  userId: string,
  ids: string[],
): Promise<(ReadableFile & { id: string })[] | null> {
  const rows = await db.select().from(fileUploads).where(ofPerson(userId, ids));
  const found = ids.flatMap((wanted) => rows.find((row) => row.id === wanted) ?? []);
  if (found.length < ids.length) return null;
  return found.map(({ id, name, size, objectId }) => ({
    ...{ id, name, size },
    async read(start, end) {
      const content = await files.get(objectId, { start, end: end - 1 });
      if (!content) throw fileGone();
      return buffer(content);
    },
  }));
}

/** As `loadFiles`, when only their being there matters. */
export async function hasFiles(q: Queryable, userId: string, ids: string[]): Promise<boolean> {
  return (await q.$count(fileUploads, ofPerson(userId, ids))) === new Set(ids).size;
}
