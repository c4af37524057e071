import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { LogPosition } from "../../live/log-channel.ts";
import type { LoggedUpdate } from "../../live/protocol.ts";

const { documents, documentSnapshots, documentUpdates, workspaces } = schema;

/** One update, or, with no id, all of them up to its number in one. */
export type LogEntry = LoggedUpdate & { seq: number };

const PAGE_ROWS = 1_000;
/** One update is up to 2 MB, and goes alone then: a page is held in memory for each who reads it. */
const PAGE_BYTES = 512 * 1024;

/**
 * What follows `after`: everything up to the snapshot as one update, if it reaches further, and then
 * what came behind it, a page of it. In one statement, so that whatever is compacted meanwhile, the
 * two fit together. Empty when there is nothing more.
 */
export async function readLog(
  q: Queryable,
  documentId: string,
  after: number,
): Promise<LogEntry[]> {
  const rows = await q.execute<{ seq: number; id: string | null; update: Buffer }>(sql`
    with stored as (
      select seq, state from ${documentSnapshots}
      where document_id = ${documentId} and seq > ${after}
    ), page as (
      select seq, id, update from ${documentUpdates}
      where document_id = ${documentId} and seq > coalesce((select seq from stored), ${after})
      order by document_updates.seq limit ${PAGE_ROWS}
    ), measured as (
      select seq, id, update,
        sum(octet_length(update)) over (order by seq) - octet_length(update) as before
      from page
    )
    select seq::float8 as seq, null::uuid as id, state as update from stored
    union all
    select seq::float8, id, update from measured
    where before = 0 or before + octet_length(update) <= ${PAGE_BYTES}
    order by seq`);
  return rows.map(({ seq, id, update }) => ({ seq, id, update: update.toString("base64") }));
}

/** Where the log stands, and the epoch of its workspace; null when the document is gone. */
export async function readLogPosition(
  q: Queryable,
  documentId: string,
): Promise<LogPosition | null> {
  const [row] = await q.execute<{ seq: number; epoch: string }>(sql`
    select ${documents.updateSeq}::float8 as seq, ${workspaces.feedEpoch} as epoch
    from ${documents} join ${workspaces} on ${workspaces.id} = ${documents.workspaceId}
    where ${documents.id} = ${documentId} and ${documents.deletedAt} is null`);
  // A snapshot keeps what is not kept by itself any more.
  return row ? { ...row, floor: 0 } : null;
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
