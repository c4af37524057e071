/**
 * What this device stores of whole places: one database for each account, so that nothing of one is ever
 * among another's, and signing out deletes it. The service worker reads files from it
 * (service-worker.js), by the same names.
 *
 * A newer app may lay it out otherwise: it keeps what people chose (`places`) and reads the rest again.
 */
import { databaseName } from "./database-name.ts";
import type { StoredFile, StoredPlace, StoredRow, StoredText, Todo } from "./stored.ts";

const VERSION = 1;

export type Stores = {
  places: StoredPlace;
  /** How far the feed of each workspace has been applied. */
  feeds: { workspaceId: string; seq: number; epoch: string };
  rows: StoredRow;
  texts: StoredText;
  files: StoredFile;
  /** Of files, in pieces: [id, version, n]. */
  chunks: Blob;
  todo: Todo;
  /** Rows and texts that the search does not know yet, or no longer: [entity, id]. */
  unindexed: Unindexed;
  /** The search index (`words`), and which writing of it that is (`revision`). */
  index: { name: string; json: string };
};
/** `at`: when it was noted last. */
type Unindexed = { entity: string; id: string; at: number };
export type StoreName = keyof Stores;

export function openDatabase(account: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName(account), VERSION);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (opening.transaction) layOut(opening.result, opening.transaction, oldVersion);
    };
    opening.onsuccess = () => {
      const db = opening.result;
      // Another window has a newer app, or signs out.
      db.onversionchange = () => db.close();
      resolve(db);
    };
    opening.onerror = () => reject(opening.error);
  });
}

function layOut(db: IDBDatabase, transaction: IDBTransaction, before: number) {
  for (const name of db.objectStoreNames) if (name !== "places") db.deleteObjectStore(name);
  if (before === 0) db.createObjectStore("places", { keyPath: "key" });
  else readAgain(transaction.objectStore("places"));
  db.createObjectStore("feeds", { keyPath: "workspaceId" });
  const rows = db.createObjectStore("rows", { keyPath: ["entity", "id"] });
  rows.createIndex("owner", ["entity", "owner"]);
  rows.createIndex("name", "name");
  db.createObjectStore("texts", { keyPath: "id" });
  db.createObjectStore("files", { keyPath: "id" });
  db.createObjectStore("chunks");
  db.createObjectStore("todo", { keyPath: ["kind", "id"] });
  db.createObjectStore("unindexed", { keyPath: ["entity", "id"] });
  db.createObjectStore("index", { keyPath: "name" });
}

function readAgain(places: IDBObjectStore) {
  const all: IDBRequest<StoredPlace[]> = places.getAll();
  all.onsuccess = () => {
    for (const place of all.result) places.put({ ...place, phase: "reading", isWhole: false });
  };
}

export const dropDatabase = (account: string) =>
  new Promise<void>((resolve, reject) => {
    const dropping = indexedDB.deleteDatabase(databaseName(account));
    dropping.onsuccess = () => resolve();
    dropping.onerror = () => reject(dropping.error);
  });

export const ask = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

type Opened = { [S in StoreName]: IDBObjectStore };

/** One transaction of these stores; resolves with what `work` gave when all of it is on the disk. */
export async function inStores<T>(
  db: IDBDatabase,
  names: StoreName[],
  work: (stores: Opened) => T | Promise<T>,
): Promise<T> {
  const transaction = db.transaction(names, "readwrite");
  const done = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  // Whoever awaits `work` hears it too, and a rejection that nobody waits for yet is none.
  done.catch(() => undefined);
  const opened = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
  try {
    const result = await work(opened as Opened);
    await done;
    return result;
  } catch (error) {
    if (transaction.error === null) abort(transaction);
    throw error;
  }
}

function abort(transaction: IDBTransaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

const store = (db: IDBDatabase, name: StoreName) => db.transaction(name).objectStore(name);

export const readOne = <S extends StoreName>(db: IDBDatabase, name: S, key: IDBValidKey) =>
  ask(store(db, name).get(key) as IDBRequest<Stores[S] | undefined>);

export const readAll = <S extends StoreName>(db: IDBDatabase, name: S, range?: IDBKeyRange) =>
  ask(store(db, name).getAll(range) as IDBRequest<Stores[S][]>);

/** Of an entity, all that hang on this owner. */
export const rowsOf = (db: IDBDatabase, entity: StoredRow["entity"], owner: string) =>
  ask(store(db, "rows").index("owner").getAll([entity, owner]) as IDBRequest<StoredRow[]>);
