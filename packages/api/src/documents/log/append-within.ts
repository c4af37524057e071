import { schema, type Tx } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import { invariant } from "../../core/errors.ts";

const { documents, documentUpdates } = schema;

type Update = { documentId: string; id: string; update: Uint8Array; actorId: string };

/**
 * Appends within a transaction that does more, as an import, which makes the document as well; for
 * verbs that have already authorised. It locks the document's row until the commit. Who follows the
 * document finds it in a moment, or at once after `documentLog.ring`.
 */
export async function appendWithin(tx: Tx, { documentId, id, update, actorId }: Update) {
  const [moved] = await tx
    .update(documents)
    .set({ updateSeq: sql`${documents.updateSeq} + 1` })
    .where(eq(documents.id, documentId))
    .returning({ seq: documents.updateSeq });
  const { seq } = invariant(moved, "a document that was just loaded");
  await tx.insert(documentUpdates).values({ documentId, seq, id, update, actorId });
  return { seq };
}
