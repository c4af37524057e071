/**
 * The texts of opened documents, on this computer: what the server has committed, as the updates that
 * make it, in one piece with the number of the document's log up to which nothing is missing. What
 * the person wrote and the server has not committed is not in it but in the edit store.
 */
import { createStore, delMany, keys, update } from "idb-keyval";
import { deviceStorage } from "@/sync/storage/device-storage.ts";
import { readAtOnce, writeAtOnce } from "@/sync/storage/store-at-once.ts";

export type StoredText = {
  seq: number;
  /** Of the log that `seq` counts: a restored backup has another one. */
  epoch: string | undefined;
  updates: readonly Uint8Array[];
};

const store = createStore("guildhall-document-texts", "texts");
const device = deviceStorage.part("texts");

const none: StoredText = { seq: 0, epoch: undefined, updates: [] };

const nameOf = (account: string, documentId: string) => `${account}/${documentId}`;

/** Undefined also where this device stores nothing: the server has it. */
export async function readText(account: string, documentId: string) {
  try {
    return await readAtOnce<StoredText>(store, nameOf(account, documentId));
  } catch (error) {
    device.refused(error);
    return undefined;
  }
}

/**
 * Of two windows at the same log the one that knows more wins. Read and written apart: one transaction
 * for both would wait for the page in between, and take what the page writes in its last moment with it.
 */
export async function storeText(account: string, documentId: string, text: StoredText) {
  try {
    const name = nameOf(account, documentId);
    const stored = await readAtOnce<StoredText>(store, name);
    const knowsMore = stored && stored.epoch === text.epoch && stored.seq > text.seq;
    if (!knowsMore) await writeAtOnce(store, (texts) => texts.put(text, name));
    device.stored();
  } catch (error) {
    device.refused(error);
    throw error;
  }
}

/**
 * In the last moment of a page, which is not told any more what is stored: so nothing is compared. When
 * another window knew more, what it lacks comes again from the server.
 */
export const storeTextAtOnce = (account: string, documentId: string, text: StoredText) =>
  writeAtOnce(store, (texts) => texts.put(text, nameOf(account, documentId))).then(
    device.stored,
    device.refused,
  );

/** A commit that no open page of this window will write down: added where the text is stored at all. */
export async function addToText(account: string, documentId: string, committed: Uint8Array) {
  if (!(await readText(account, documentId))) return;
  await update<StoredText>(
    nameOf(account, documentId),
    (stored) => ({ ...none, ...stored, updates: [...(stored?.updates ?? []), committed] }),
    store,
  );
}

export async function dropText(account: string, documentId: string) {
  try {
    await delMany([nameOf(account, documentId)], store);
  } catch (error) {
    device.refused(error);
  }
}

/** On signing out: no text stays readable here. */
export async function forgetTexts(account: string) {
  try {
    const stored = await keys<string>(store);
    await delMany(
      stored.filter((key) => key.startsWith(`${account}/`)),
      store,
    );
  } catch (error) {
    device.refused(error);
  }
}
