import { schema, type Tx } from "@guildhall/db";
import { asc, eq, gt, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import * as Y from "yjs";

const { documentSnapshots, documentUpdates, documentTexts, documentLinks, documents } = schema;

/** So many texts are held at once. */
const AT_ONCE = 20;

/** Each copy begins with the text of its original as its first update. `copies`: original to copy. */
export async function copyTexts(tx: Tx, copies: ReadonlyMap<string, string>, actorId: string) {
  const originals = [...copies.keys()];
  for (let i = 0; i < originals.length; i += AT_ONCE) {
    const texts = await readTexts(tx, originals.slice(i, i + AT_ONCE));
    const first = [...texts].map(([id, update]) => ({
      documentId: copies.get(id) ?? id,
      seq: 1,
      id: uuidv7(),
      update,
      actorId,
    }));
    if (first.length > 0) await tx.insert(documentUpdates).values(first);
  }
  await copyDerived(tx, copies);
}

async function readTexts(tx: Tx, ids: string[]): Promise<Map<string, Uint8Array>> {
  const snapshots = await tx
    .select({ id: documentSnapshots.documentId, state: documentSnapshots.state })
    .from(documentSnapshots)
    .where(inArray(documentSnapshots.documentId, ids));
  const updates = await tx
    .select({ id: documentUpdates.documentId, update: documentUpdates.update })
    .from(documentUpdates)
    .leftJoin(documentSnapshots, eq(documentSnapshots.documentId, documentUpdates.documentId))
    .where(
      sql`${inArray(documentUpdates.documentId, ids)} and
        ${gt(documentUpdates.seq, sql`coalesce(${documentSnapshots.seq}, 0)`)}`,
    )
    .orderBy(asc(documentUpdates.documentId), asc(documentUpdates.seq));
  const parts = new Map<string, Uint8Array[]>();
  for (const { id, state } of snapshots) parts.set(id, [state]);
  for (const { id, update } of updates) parts.set(id, [...(parts.get(id) ?? []), update]);
  return new Map([...parts].map(([id, all]) => [id, Y.mergeUpdates(all)]));
}

/**
 * What is made from the text in the background is the same for the same text. Of what was not read to its
 * end yet the copy is read anew (its `seq` is behind); whoever it names is told by the original, so nobody
 * is taken to have been told of before.
 */
async function copyDerived(tx: Tx, copies: ReadonlyMap<string, string>) {
  const pairs = JSON.stringify([...copies].map(([original, copy]) => ({ original, copy })));
  const from = sql`from json_to_recordset(${pairs}::text::json) as pair(original uuid, copy uuid)`;
  await tx.execute(sql`update ${documents} d set update_seq = 1 ${from}
    where d.id = pair.copy and exists (
      select from ${documentUpdates} u where u.document_id = pair.copy)`);
  await tx.execute(sql`insert into ${documentTexts} (document_id, seq, text, word_count, mentions)
    select pair.copy, case when t.seq = o.update_seq then 1 else 0 end, coalesce(t.text, ''),
      coalesce(t.word_count, 0), case when t.seq = o.update_seq then t.mentions end ${from}
    join ${documents} o on o.id = pair.original and o.update_seq > 0
    left join ${documentTexts} t on t.document_id = pair.original`);
  await tx.execute(sql`insert into ${documentLinks} (document_id, target, target_id)
    select pair.copy, l.target, l.target_id ${from}
    join ${documentLinks} l on l.document_id = pair.original`);
}
