/** A document that was typed letter by letter: what its compaction and its opening take the server. */
import { postProcessDocument, readLog, type Services } from "@guildhall/api/server";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import * as Y from "yjs";
import { addDocument } from "./seed.ts";

async function write(services: Services, documentId: string, updates: Uint8Array[]) {
  for (let i = 0; i < updates.length; i += 5_000) {
    const rows = updates.slice(i, i + 5_000).map((update, n) => ({
      seq: i + n + 1,
      id: uuidv7(),
      update: Buffer.from(update).toString("base64"),
    }));
    await services.db.execute(sql`
      insert into document_updates (document_id, seq, id, update)
      select ${documentId}, seq, id, decode(update, 'base64')
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(seq bigint, id uuid, update text)`);
  }
  await services.db.execute(
    sql`update documents set update_seq = ${updates.length} where id = ${documentId}`,
  );
}

function typeLetters(count: number): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const root = doc.getXmlFragment("default");
  const paragraphs: Y.XmlText[] = [];
  while (updates.length < count) {
    if (updates.length % 200 === 0) {
      const paragraph = new Y.XmlElement("paragraph");
      const text = new Y.XmlText();
      paragraph.insert(0, [text]);
      root.insert(Math.floor(Math.random() * (root.length + 1)), [paragraph]);
      paragraphs.push(text);
      continue;
    }
    const text = paragraphs[Math.floor(Math.random() * paragraphs.length)];
    // Most go on where they were; some correct.
    if (text && Math.random() < 0.1 && text.length > 5) text.delete(text.length - 3, 2);
    else text?.insert(Math.random() < 0.8 ? text.length : 0, "a");
  }
  return updates;
}

/** All of it, as a client that opens it gets it; the time of the server and its Postgres. */
async function open({ db }: Services, documentId: string) {
  const began = performance.now();
  let bytes = 0;
  for (let seq: number | undefined = 0; seq !== undefined; ) {
    const page: Awaited<ReturnType<typeof readLog>> = await readLog(db, documentId, seq);
    bytes += page.reduce((sum, { update }) => sum + update.length, 0);
    seq = page.at(-1)?.seq;
  }
  return { ms: performance.now() - began, bytes };
}

type Place = { workspaceId: string };

export async function measureLongLog(services: Services, { workspaceId }: Place, count: number) {
  const documentId = await addDocument(services, workspaceId);
  await write(services, documentId, typeLetters(count));
  const before = await open(services, documentId);
  const began = performance.now();
  await postProcessDocument(services, documentId);
  const tended = performance.now() - began;
  const after = await open(services, documentId);
  return {
    openedMs: after.ms,
    shown: {
      updates: count,
      "open before, ms": Math.round(before.ms),
      "words read and compacted, ms": Math.round(tended),
      "open after, ms": Math.round(after.ms),
      "KB before": Math.round(before.bytes / 1_024),
      "KB after": Math.round(after.bytes / 1_024),
    },
  };
}
