import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import type { Content } from "../core/file-store.ts";
import { fileGone } from "./import-refusals.ts";

const { importFiles } = schema;

/** An upload; its bytes are read when they are wanted. */
export type KeptFile = { id: string; name: string; size: number };
export type ReadableFile = Omit<KeptFile, "id"> & { content: () => Content };

/** In the order asked for; null when one is missing or somebody else's. */
export async function loadFiles(
  q: Queryable,
  userId: string,
  ids: string[],
): Promise<KeptFile[] | null> {
  const { id, name, size } = importFiles;
  const rows = await q
    .select({ id, name, size })
    .from(importFiles)
    .where(and(inArray(id, ids), eq(importFiles.uploadedBy, userId)));
  const found = ids.flatMap((wanted) => rows.find((row) => row.id === wanted) ?? []);
  return found.length === ids.length ? found : null;
}

/** As `loadFiles`, when only their being there matters. */
export async function hasFiles(q: Queryable, userId: string, ids: string[]): Promise<boolean> {
  const rows = await q
    .select({ id: importFiles.id })
    .from(importFiles)
    .where(and(inArray(importFiles.id, ids), eq(importFiles.uploadedBy, userId)));
  return rows.length === new Set(ids).size;
}

/** Bit by bit. The version before kept uploads in the table itself, compressed. */
export async function* contentOf(
  { db, files }: Pick<Services, "db" | "files">,
  { id }: KeptFile,
): Content {
  const [row] = await db
    .select({ gzip: importFiles.content })
    .from(importFiles)
    .where(eq(importFiles.id, id));
  if (!row) throw fileGone();
  const stored = row.gzip ? Readable.from([row.gzip]).pipe(createGunzip()) : await files.get(id);
  if (!stored) throw fileGone();
  yield* stored;
}
