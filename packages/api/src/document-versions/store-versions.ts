/**
 * Keeps a version for each edit session in which a document was written (edit sessions.ts), from its log: when
 * the edit session is over, and before the log is cleared of it.
 *
 * What was cleared before an edit session was over is in its version already, unfinished: what follows
 * extends that row, so it makes no difference how often this runs.
 */
import { type Db, type Queryable, schema, type Tx } from "@guildhall/db";
import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type EditSession, editSessionsOf, LONGEST_MS, PAUSE_MS } from "./edit-sessions.ts";
import { type Merge, mergeStates, readState } from "./states.ts";

const { documents, documentUpdates, documentVersions } = schema;

const marks = {
  id: documentVersions.id,
  seq: documentVersions.seq,
  name: documentVersions.name,
  authorIds: documentVersions.authorIds,
  startedAt: documentVersions.startedAt,
  endedAt: documentVersions.createdAt,
};

async function lastVersion(q: Queryable, documentId: string) {
  const [last] = await q
    .select(marks)
    .from(documentVersions)
    .where(eq(documentVersions.documentId, documentId))
    .orderBy(desc(documentVersions.seq))
    .limit(1);
  return last ?? null;
}

/** What was written since the last version, in edit sessions; the first may be that version, extended. */
export async function editSessionsSince(q: Queryable, documentId: string) {
  const last = await lastVersion(q, documentId);
  const updates = await q
    .select({
      seq: documentUpdates.seq,
      actorId: documentUpdates.actorId,
      at: documentUpdates.at,
    })
    .from(documentUpdates)
    .where(and(eq(documentUpdates.documentId, documentId), gt(documentUpdates.seq, last?.seq ?? 0)))
    .orderBy(asc(documentUpdates.seq));
  // What has a name stays as it is.
  const going = last && last.name === null ? last : null;
  const sessions = editSessionsOf(updates, going).filter(({ seq }) => seq > (last?.seq ?? 0));
  return { last, going, sessions };
}

/** In a transaction; returns how many were made or extended. */
export async function storeVersions(
  tx: Tx,
  documentId: string,
  merge: Merge = mergeStates,
): Promise<number> {
  // Two at once would make each edit session twice.
  const turn = sql`hashtextextended('document_versions ' || ${documentId}, 0)`;
  await tx.execute(sql`select pg_advisory_xact_lock(${turn})`);
  const { going, sessions } = await editSessionsSince(tx, documentId);
  for (const session of sessions) {
    const isExtended = going !== null && session.startedAt === going.startedAt;
    const { state } = await readState(tx, documentId, session.seq, merge);
    await keep(tx, { documentId, session, state, extendedId: isExtended ? going.id : null });
  }
  return sessions.length;
}

type Kept = {
  documentId: string;
  session: EditSession;
  state: Uint8Array;
  extendedId: string | null;
};

async function keep(tx: Tx, { documentId, session, state, extendedId }: Kept) {
  const { seq, authorIds, startedAt, endedAt } = session;
  const version = { seq, state: Buffer.from(state), authorIds, startedAt, createdAt: endedAt };
  if (extendedId) {
    // Nobody has heard of what was added.
    await tx
      .update(documentVersions)
      .set({ ...version, isTold: false })
      .where(eq(documentVersions.id, extendedId));
  } else {
    await tx.insert(documentVersions).values({ id: uuidv7(), documentId, ...version });
  }
}

/** Documents with an edit session that is over and has no version yet, in the order of their ids. */
async function finished(db: Db, after: string | null, limit: number): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select ${documents.id} as id from ${documents}
    left join lateral (
      select v.seq, v.name, v.started_at from ${documentVersions} v
      where v.document_id = ${documents.id} order by v.seq desc limit 1
    ) last on true
    where ${documents.updateSeq} > coalesce(last.seq, 0)
      and (${after}::uuid is null or ${documents.id} > ${after}::uuid)
      and (
        exists (select from ${documentUpdates} u where u.document_id = ${documents.id}
          and u.seq = ${documents.updateSeq}
          and u.at < now() - make_interval(secs => ${PAUSE_MS / 1_000}))
        or exists (select from ${documentUpdates} u where u.document_id = ${documents.id}
          and u.seq = coalesce(last.seq, 0) + 1
          and u.at < now() - make_interval(secs => ${LONGEST_MS / 1_000}))
      )
    order by ${documents.id} limit ${limit}`);
  return rows.map(({ id }) => id);
}

const LOOKED_FOR = 200;

type Keeping = { until: AbortSignal; merge?: Merge; onError: (error: unknown) => void };

/** All there are, once: one that cannot be read does not keep the others from their versions. */
export async function storeFinishedVersions(db: Db, { until, merge, onError }: Keeping) {
  let ids: string[] = [];
  do {
    ids = await finished(db, ids.at(-1) ?? null, LOOKED_FOR);
    for (const id of ids) {
      if (until.aborted) return;
      await db.transaction((tx) => storeVersions(tx, id, merge)).catch(onError);
    }
  } while (ids.length === LOOKED_FOR);
}
