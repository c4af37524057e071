import { schema, type Tx } from "@guildhall/db";
import { inArray, sql } from "drizzle-orm";
import { readLog } from "../documents/log/read-log.ts";
import { visibleDocuments } from "./queries.ts";

const { documents, documentTexts, workspaces } = schema;

/** Of an answer, in base64: the text that goes beyond it is the last one. */
const MOST_BYTES = 4_000_000;

/**
 * The texts of these documents as far as this person may see them: the updates that make each, with the
 * number of its log that they reach and the epoch that it is of, and the words that it says, as far as
 * they were read. As many as fit into one answer, at least one: who is left out is asked for again.
 */
export async function textsOf(tx: Tx, userId: string, ids: string[]) {
  const visible = await visibleDocuments(tx, userId, ids);
  const places = await tx.execute<{ id: string; epoch: string; text: string }>(sql`
    select ${documents.id} as id, ${workspaces.feedEpoch} as epoch,
      coalesce(${documentTexts.text}, '') as text
    from ${documents} join ${workspaces} on ${workspaces.id} = ${documents.workspaceId}
    left join ${documentTexts} on ${documentTexts.documentId} = ${documents.id}
    where ${inArray(
      documents.id,
      visible.map(({ id }) => id),
    )}`);
  const about = new Map(places.map((place) => [place.id, place]));
  const items = [];
  let bytes = 0;
  for (const { id, seq } of visible) {
    if (bytes > MOST_BYTES) break;
    const { epoch = "", text = "" } = about.get(id) ?? {};
    const updates = await wholeLog(tx, id);
    bytes += updates.reduce((sum, { length }) => sum + length, text.length);
    items.push({ id, seq, epoch, text, updates });
  }
  return { items, gone: ids.filter((id) => !visible.some((document) => document.id === id)) };
}

async function wholeLog(tx: Tx, documentId: string): Promise<string[]> {
  const updates: string[] = [];
  for (let after = 0; ; ) {
    const page = await readLog(tx, documentId, after);
    const last = page.at(-1);
    if (!last) return updates;
    updates.push(...page.map(({ update }) => update));
    after = last.seq;
  }
}
