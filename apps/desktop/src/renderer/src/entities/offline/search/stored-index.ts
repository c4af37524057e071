/**
 * The index on this device. Rows that changed are noted beside them, in the same transaction; here they
 * are read and their words put in. The index is written in one piece with what it no longer has to do, so
 * that a worker that ends at any moment has lost work and no word.
 */
import { ask, inStores, readAll, readOne } from "../store/database.ts";
import { type Entry, type EntryStores, entryOf } from "./entries.ts";
import { openIndex, type WordIndex } from "./word-index.ts";

/** So many changes, and it is written. */
const PAGE = 2_000;

type Change = { entity: string; id: string; at: number };

export function openStoredIndex(db: IDBDatabase, account: string) {
  let index: WordIndex | null = null;
  let revision: string | null = null;

  /** As another window's worker has written it meanwhile. */
  async function latest(): Promise<WordIndex> {
    const stored = (await readOne(db, "index", "revision"))?.json ?? "";
    if (index && stored === revision) return index;
    const json = (await readOne(db, "index", "words"))?.json;
    index = openIndex(json);
    revision = stored;
    return index;
  }

  async function takeIn(changes: readonly Change[]) {
    const into = await latest();
    const entries = await entriesOf(db, changes);
    for (const [id, entry] of entries) {
      if (entry) into.put(entry);
      else into.delete(id);
    }
    const written = crypto.randomUUID();
    await inStores(db, ["index", "unindexed"], async ({ index: stored, unindexed }) => {
      stored.put({ name: "words", json: into.write() });
      stored.put({ name: "revision", json: written });
      for (const { entity, id, at } of changes) {
        const now = await ask<Change | undefined>(unindexed.get([entity, id]));
        // Changed once more meanwhile, it is read once more.
        if (now?.at === at) unindexed.delete([entity, id]);
      }
    });
    revision = written;
  }

  /** One worker at a time, of whatever window. */
  const alone = <T>(work: () => Promise<T>): Promise<T> =>
    navigator.locks ? navigator.locks.request(`guildhall-search ${account}`, work) : work();

  return {
    latest,
    update: () =>
      alone(async () => {
        for (;;) {
          const changes = (await readAll(db, "unindexed")).slice(0, PAGE);
          if (changes.length === 0) return;
          await takeIn(changes);
        }
      }),
  };
}

async function entriesOf(db: IDBDatabase, changes: readonly Change[]) {
  const transaction = db.transaction(["rows", "texts"]);
  const stores: EntryStores = {
    rows: transaction.objectStore("rows"),
    texts: transaction.objectStore("texts"),
  };
  const entries: [string, Entry | null][] = [];
  for (const { entity, id } of changes) {
    entries.push([`${entity}/${id}`, await entryOf(stores, entity, id)]);
  }
  return entries;
}
