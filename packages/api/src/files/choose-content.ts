import { type Queryable, schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { invariant, notFound } from "../core/errors.ts";
import type { LoadedFile } from "./load-file.ts";
import { THUMBNAIL_TYPE } from "./thumbnail-rules.ts";

const { fileObjects, fileVersions } = schema;

export type Content = { objectId: string; etag: string; name: string; type: string; size: number };

/** What an address means of a file that its reader may see: its newest bytes, older ones, or a small picture. */
export async function chooseContent(
  q: Queryable,
  file: LoadedFile,
  query: URLSearchParams,
): Promise<Content> {
  const n = query.get("version");
  const isThumbnail = query.has("thumbnail");
  if (n === null && !isThumbnail) return { ...file, etag: file.sha256 ?? file.objectId };
  const [row] = await q
    .select({ version: fileVersions, object: fileObjects })
    .from(fileVersions)
    .innerJoin(fileObjects, eq(fileObjects.id, fileVersions.objectId))
    .where(and(eq(fileVersions.fileId, file.id), eq(fileVersions.n, numberOf(n) ?? file.version)));
  if (!row) throw notFound("version");
  const { version, object } = row;
  if (!isThumbnail) return { ...version, name: file.name, etag: object.sha256 ?? object.id };
  if (!object.thumbnailKey) throw notFound("thumbnail");
  return {
    objectId: object.thumbnailKey,
    etag: object.thumbnailKey,
    name: `${file.name}.webp`,
    type: THUMBNAIL_TYPE,
    size: invariant(object.thumbnailSize, "noted with its key"),
  };
}

function numberOf(n: string | null): number | null {
  if (n === null) return null;
  if (!/^[1-9]\d{0,8}$/.test(n)) throw notFound("version");
  return Number(n);
}
