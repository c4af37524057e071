import { type Queryable, schema } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";

const { importFiles } = schema;

/** A file as it is kept: still compressed, to be opened by the thread that reads it. */
export type KeptFile = { id: string; name: string; size: number; gzip: Uint8Array };

/** In the order asked for; null when one is missing or somebody else's. */
export async function loadFiles(
  q: Queryable,
  userId: string,
  ids: string[],
): Promise<KeptFile[] | null> {
  const { id, name, size, content } = importFiles;
  const rows = await q
    .select({ id, name, size, gzip: content })
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
