/** What is left to fetch of the places whose rows are here: texts many at once, then files one by one. */

import { dropText, storeText } from "@/entities/documents/sync/texts/text-store.ts";
import { fromBase64 } from "@/entities/documents/sync/texts/transport.ts";
import type { Connection } from "@/sync/server/connection.ts";
import { isGone } from "@/sync/server/refusal.ts";
import { ask, inStores, readAll, readOne } from "../store/database.ts";
import { deleteRow, putRow, type RowStores, rowStores } from "../store/put-rows.ts";
import { type Fetched, type Rows, type StoredRow, stamp, storedRow } from "../store/stored.ts";
import { DamagedFile, fetchFile } from "./fetch-file.ts";

const TEXTS_AT_ONCE = 25;

type Options = {
  client: Connection["onlyServer"];
  account: string;
  signal: AbortSignal;
  /** So many bytes of files may still be stored. */
  free: () => number;
  onStored: (bytes: number) => void;
};

const ofKind = (kind: string) => IDBKeyRange.bound([kind], [kind, []]);

/** One step; rejects with what the server or the network said. */
export async function fetchNext(db: IDBDatabase, options: Options): Promise<Fetched> {
  const texts = await readAll(db, "todo", ofKind("text"));
  if (texts.length > 0) {
    const ids = texts.slice(0, TEXTS_AT_ONCE).map(({ id }) => id);
    await fetchTexts(db, ids, options);
    return "some";
  }
  const [checklists] = await readAll(db, "todo", ofKind("checklists"));
  if (checklists) {
    await fetchChecklists(db, checklists.id, options);
    return "some";
  }
  const files = await readAll(db, "todo", ofKind("file"));
  if (files.length === 0) return "nothing";
  const free = options.free();
  const file = files.find(({ bytes }) => bytes <= free);
  if (!file) return "full";
  await fetchOneFile(db, file.id, options);
  return "some";
}

async function fetchTexts(db: IDBDatabase, ids: string[], { client, account, signal }: Options) {
  const asked = { documentIds: ids };
  const { items, gone } = await client.offline.texts.query(asked, { signal });
  for (const { id, seq, epoch, updates } of items) {
    await storeText(account, id, { seq, epoch, updates: updates.map(fromBase64) });
  }
  for (const id of gone) await dropText(account, id);
  await inStores(db, ["texts", "todo", "unindexed", "rows"], async (stores) => {
    const { texts, todo, unindexed, rows } = stores;
    for (const { id, seq, updates, text } of items) {
      todo.delete(["text", id]);
      // Removed meanwhile.
      if (!(await ask(rows.getKey(["document", id])))) continue;
      const bytes = updates.reduce((sum, { length }) => sum + Math.floor((length * 3) / 4), 0);
      texts.put({ id, seq, bytes, words: text });
      unindexed.put({ entity: "document", id, at: stamp() });
    }
    for (const id of gone) {
      texts.delete(id);
      todo.delete(["text", id]);
    }
  });
}

async function fetchChecklists(db: IDBDatabase, taskId: string, { client, signal }: Options) {
  const found = await client.checklists.list
    .query({ taskId }, { signal })
    .catch((error: unknown) => {
      if (isGone(error)) return { checklists: [], items: [] };
      throw error;
    });
  await inStores(db, [...rowStores], (stores) => {
    for (const row of found.checklists) putRow(stores, storedRow("checklist", row));
    for (const row of found.items) putRow(stores, storedRow("checklistItem", row));
    stores.todo.delete(["checklists", taskId]);
  });
}

async function fetchOneFile(db: IDBDatabase, id: string, options: Options) {
  const row = await readFileRow(db, id, options);
  if (row === null) return void (await forgetFile(db, id));
  try {
    await fetchFile(db, { ...options, row });
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    // It is another one by now, or gone: what the server says of it now decides.
    const { client, signal } = options;
    const now = await client.files.get.query({ id }, { signal }).catch((refusal: unknown) => {
      if (isGone(refusal)) return null;
      throw refusal;
    });
    if (!now) return void (await forgetFile(db, id));
    await inStores(db, [...rowStores], (stores) => putFile(stores, { ...row, ...now }));
    throw error;
  }
}

async function readFileRow(db: IDBDatabase, id: string, { client, signal }: Options) {
  const stored = (await readOne(db, "rows", ["file", id])) as StoredRow<"file"> | undefined;
  if (!stored) return null;
  // The feed tells no sums: one that came by it is asked for.
  if (stored.row.sha256 !== undefined) return stored.row;
  const now = await client.files.get.query({ id }, { signal });
  const row: Rows["file"] = { ...stored.row, sha256: now.sha256 };
  await inStores(db, [...rowStores], (stores) => putFile(stores, row));
  return row;
}

const putFile = (stores: RowStores, row: Rows["file"]) => putRow(stores, storedRow("file", row));

const forgetFile = (db: IDBDatabase, id: string) =>
  inStores(db, [...rowStores], async (stores) => {
    await deleteRow(stores, "file", id);
    stores.todo.delete(["file", id]);
  });
