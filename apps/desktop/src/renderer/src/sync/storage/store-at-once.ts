/**
 * Writes what somebody did or read to this computer, also in the last moment of a page.
 *
 * A browser closes a transaction once its page has been told that the requests went well, and a page
 * that is reloaded or closed is not told any more: what it wrote last, and whatever had to wait for
 * that, would be given up. One that is committed in so many words needs nobody to be told.
 */
import { promisifyRequest, type UseStore } from "idb-keyval";

type Entry = { id: string };

/** Rejects where there is no store at all, as in some private windows. */
export async function writeAtOnce(
  store: UseStore,
  change: (entries: IDBObjectStore) => void,
): Promise<void> {
  await store("readwrite", (entries) => {
    change(entries);
    entries.transaction.commit();
    return promisifyRequest(entries.transaction);
  });
}

/** Holds up nothing that is written behind it. */
export const readAtOnce = <T>(store: UseStore, name: string): Promise<T | undefined> =>
  store("readonly", (entries) => {
    const reading: IDBRequest<T | undefined> = entries.get(name);
    entries.transaction.commit();
    return promisifyRequest(reading);
  });

export const storeAtOnce = (store: UseStore, entry: Entry) =>
  writeAtOnce(store, (entries) => entries.put(entry, entry.id));

/** Both, or neither. */
export const replaceAtOnce = (store: UseStore, old: string, entry: Entry) =>
  writeAtOnce(store, (entries) => {
    entries.put(entry, entry.id);
    entries.delete(old);
  });

export const dropAtOnce = (store: UseStore, id: string) =>
  writeAtOnce(store, (entries) => entries.delete(id));
