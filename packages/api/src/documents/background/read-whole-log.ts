import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";

const { documents, documentSnapshots, documentUpdates } = schema;

export type WholeLog = {
  workspaceId: string;
  seq: number;
  /** The snapshot first, if there is one, then what followed. */
  updates: Uint8Array[];
  /** Who wrote last, and when; null when all of it is in the snapshot. */
  last: { actorId: string | null; at: Date } | null;
  /** Of what followed the snapshot. */
  rows: number;
  bytes: number;
};

/** Null when it is gone, or nothing was ever written. */
export async function readWholeLog(q: Queryable, documentId: string): Promise<WholeLog | null> {
  // One statement sees one moment: what is compacted meanwhile is in it once.
  const rows = await q.execute<{
    workspaceId: string;
    seq: number;
    update: Buffer;
    actorId: string | null;
    at: number | null;
  }>(sql`
    select ${documents.workspaceId} as "workspaceId", log.* from ${documents}, lateral (
      select seq::float8 as seq, state as update, null::uuid as "actorId", null::float8 as at
      from ${documentSnapshots} where document_id = ${documentId}
      union all
      select seq::float8, update, actor_id, extract(epoch from at)::float8
      from ${documentUpdates} where document_id = ${documentId} and seq > coalesce(
        (select seq from ${documentSnapshots} where document_id = ${documentId}), 0)
    ) log
    where ${documents.id} = ${documentId} order by log.seq`);
  const end = rows.at(-1);
  if (!end) return null;
  const { workspaceId, seq, actorId, at } = end;
  const since = rows.filter((row) => row.at !== null);
  return {
    workspaceId,
    seq,
    updates: rows.map(({ update }) => update),
    last: at === null ? null : { actorId, at: new Date(Math.round(at * 1_000)) },
    rows: since.length,
    bytes: since.reduce((sum, { update }) => sum + update.length, 0),
  };
}
