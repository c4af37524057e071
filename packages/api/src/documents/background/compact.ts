/**
 * Makes the updates of a log into its snapshot and takes them out of the log.
 *
 * Only the snapshot's row is locked: who writes meanwhile appends behind `seq` and waits for nothing.
 * Two workers that compact at once come one after the other, and who knows less changes nothing.
 * What an edit session wrote is kept as a version before the log is cleared of it.
 */
import { type Db, schema } from "@guildhall/db";
import { and, eq, lte, sql } from "drizzle-orm";
import { storeVersions } from "../../document-versions/store-versions.ts";
import type { WholeLog } from "./read-whole-log.ts";

const { documentSnapshots, documentUpdates } = schema;

/** A log that is shorter than both is as quick to read as its snapshot. */
const MANY_ROWS = 200;
const MANY_BYTES = 64 * 1024;

export const isLong = ({ rows, bytes }: WholeLog) => rows >= MANY_ROWS || bytes >= MANY_BYTES;

export type Compacting = {
  log: WholeLog;
  /** All of the log's updates as one. */
  state: Uint8Array;
  /** Puts updates together where it holds up nobody. */
  merge: (updates: Uint8Array[]) => Promise<Uint8Array>;
};

/** Returns how many updates left the log. */
export async function compact(db: Db, documentId: string, how: Compacting): Promise<number> {
  const { log, state, merge } = how;
  if (!isLong(log)) return 0;
  const { seq } = log;
  return await db.transaction(async (tx) => {
    // While the snapshot before this one and all that followed it are still there.
    await storeVersions(tx, documentId, merge);
    const kept = await tx
      .insert(documentSnapshots)
      .values({ documentId, seq, state })
      .onConflictDoUpdate({
        target: documentSnapshots.documentId,
        set: { seq, state, at: sql`now()` },
        setWhere: sql`${documentSnapshots.seq} < ${seq}`,
      })
      .returning({ seq: documentSnapshots.seq });
    if (kept.length === 0) return 0;
    const { count } = await tx
      .delete(documentUpdates)
      .where(and(eq(documentUpdates.documentId, documentId), lte(documentUpdates.seq, seq)));
    return count;
  });
}
