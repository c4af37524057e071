import { type Queryable, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import * as Y from "yjs";

const { documentSnapshots, documentUpdates, documentVersions } = schema;

export type State = { seq: number; state: Uint8Array };

const NOTHING: State = { seq: 0, state: Y.encodeStateAsUpdate(new Y.Doc()) };

/** What several updates, in order, make together; what was deleted in between is left out. */
export function mergeStates(updates: readonly Uint8Array[]): Uint8Array {
  const [first, ...more] = updates;
  if (first && more.length === 0) return first;
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const state = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return state;
}

/** The nearest that is kept whole at or before `seq`: a version, or the snapshot. */
async function nearestState(q: Queryable, documentId: string, seq: number): Promise<State> {
  const [row] = await q.execute<{ seq: number; state: Buffer }>(sql`
    select seq::float8 as seq, state from (
      (select seq, state from ${documentVersions}
        where document_id = ${documentId} and seq <= ${seq} order by seq desc limit 1)
      union all
      select seq, state from ${documentSnapshots}
        where document_id = ${documentId} and seq <= ${seq}
    ) kept order by seq desc limit 1`);
  return row ?? NOTHING;
}

export type Merge = (updates: Uint8Array[]) => Uint8Array | Promise<Uint8Array>;

/**
 * How the document read at `seq`, as one update (v1); what follows the nearest must be in the log.
 * `merge`: where there is much of it, it is put together elsewhere.
 */
export async function readState(
  q: Queryable,
  documentId: string,
  seq: number,
  merge: Merge = mergeStates,
): Promise<State> {
  const base = await nearestState(q, documentId, seq);
  const rows = await q.execute<{ seq: number; update: Buffer }>(sql`
    select seq::float8 as seq, update from ${documentUpdates}
    where document_id = ${documentId} and seq > ${base.seq} and seq <= ${seq}
    order by ${documentUpdates.seq}`);
  const state = await merge([base.state, ...rows.map(({ update }) => update)]);
  return { seq: rows.at(-1)?.seq ?? base.seq, state };
}
