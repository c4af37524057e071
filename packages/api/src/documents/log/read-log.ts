import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { LoggedUpdate } from "../../core/document-log.ts";

const { documents, documentSnapshots, documentUpdates, workspaces } = schema;

/** Some of the log without a gap: all of it after one number and up to `seq`. */
export type LogPiece = { seq: number; updates: LoggedUpdate[] };

const PAGE_ROWS = 1_000;
/** One update is up to 2 MB, and goes alone then: a page is held in memory for each who reads it. */
const PAGE_BYTES = 512 * 1024;

/**
 * What follows `after`: everything up to the snapshot as one update, if it reaches further, and then
 * what came behind it, a page of it. In one statement, so that whatever is compacted meanwhile, the
 * two fit together. Null when there is nothing more.
 */
export async function readLog(
  q: Queryable,
  documentId: string,
  after: number,
): Promise<LogPiece | null> {
  const rows = await q.execute<{ seq: number; id: string | null; update: Buffer }>(sql`
    with kept as (
      select seq, state from ${documentSnapshots}
      where document_id = ${documentId} and seq > ${after}
    ), page as (
      select seq, id, update from ${documentUpdates}
      where document_id = ${documentId} and seq > coalesce((select seq from kept), ${after})
      order by document_updates.seq limit ${PAGE_ROWS}
    ), measured as (
      select seq, id, update,
        sum(octet_length(update)) over (order by seq) - octet_length(update) as before
      from page
    )
    select seq::float8 as seq, null::uuid as id, state as update from kept
    union all
    select seq::float8, id, update from measured
    where before = 0 or before + octet_length(update) <= ${PAGE_BYTES}
    order by seq`);
  const last = rows.at(-1);
  if (!last) return null;
  const updates = rows.map(({ id, update }) => ({ id, update: update.toString("base64") }));
  return { seq: last.seq, updates };
}

/** Where the log stands, and the epoch of its workspace; null when the document is gone. */
export async function readLogCursor(q: Queryable, documentId: string) {
  const [row] = await q.execute<{ seq: number; epoch: string }>(sql`
    select ${documents.updateSeq}::float8 as seq, ${workspaces.feedEpoch} as epoch
    from ${documents} join ${workspaces} on ${workspaces.id} = ${documents.workspaceId}
    where ${documents.id} = ${documentId} and ${documents.deletedAt} is null`);
  return row ?? null;
}

/** How far each of these logs has come; those in the bin or gone are not in it. */
export async function readLogEnds(
  q: Queryable,
  documentIds: string[],
): Promise<Map<string, number>> {
  const rows = await q.execute<{ id: string; seq: number }>(sql`
    select id, update_seq::float8 as seq from ${documents}
    where id = any(${sql.param(documentIds)}::uuid[]) and deleted_at is null`);
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}
