import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, lt } from "drizzle-orm";
import { invariant, notFound } from "../core/errors.ts";

const { documentVersions } = schema;

/** All but the text. */
const versionColumns = {
  id: documentVersions.id,
  documentId: documentVersions.documentId,
  seq: documentVersions.seq,
  name: documentVersions.name,
  authorIds: documentVersions.authorIds,
  startedAt: documentVersions.startedAt,
  createdAt: documentVersions.createdAt,
};

type DocumentVersionRow = Awaited<ReturnType<typeof readVersion>>;

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    /** Only what people do to versions is told; those kept in the background are read with the list. */
    documentVersion: DocumentVersionRow;
  }
}

type Page = { documentId: string; before?: number | null | undefined; limit: number };

/** Newest first. */
export async function listVersions(q: Queryable, { documentId, before, limit }: Page) {
  const rows = await q
    .select(versionColumns)
    .from(documentVersions)
    .where(
      and(
        eq(documentVersions.documentId, documentId),
        before ? lt(documentVersions.seq, before) : undefined,
      ),
    )
    .orderBy(desc(documentVersions.seq))
    .limit(limit + 1);
  const items = rows.slice(0, limit);
  return { items, nextBefore: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
}

/** For verbs that have already authorised. */
export async function readVersion(q: Queryable, id: string) {
  const [row] = await q
    .select(versionColumns)
    .from(documentVersions)
    .where(eq(documentVersions.id, id));
  return invariant(row, "a version that was just loaded");
}

/** With its text, of this document and no other. */
export async function loadVersion(q: Queryable, documentId: string, id: string) {
  const [row] = await q
    .select({ ...versionColumns, state: documentVersions.state })
    .from(documentVersions)
    .where(and(eq(documentVersions.id, id), eq(documentVersions.documentId, documentId)));
  if (!row) throw notFound("version");
  return row;
}
