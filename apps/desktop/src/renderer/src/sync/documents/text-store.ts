/**
 * The texts of opened documents, on this computer: what the server has committed, as the updates that
 * make it, in one piece with the number of the document's log up to which nothing is missing. What
 * the person wrote and the server has not committed is not in it but in the edit store.
 */
import { createStore, delMany, get, keys, update } from "idb-keyval";

export type KeptText = {
  seq: number;
  /** Of the log that `seq` counts: a restored backup has another one. */
  epoch: string | undefined;
  updates: readonly Uint8Array[];
};

const store = createStore("guildhall-document-texts", "texts");

const none: KeptText = { seq: 0, epoch: undefined, updates: [] };

const name = (userId: string, documentId: string) => `${userId}/${documentId}`;

export const readText = (userId: string, documentId: string) =>
  get<KeptText>(name(userId, documentId), store);

/** Of two tabs at the same log the one that knows more wins. */
export const keepText = (userId: string, documentId: string, text: KeptText) =>
  update<KeptText>(
    name(userId, documentId),
    (kept) => (kept && kept.epoch === text.epoch && kept.seq > text.seq ? kept : text),
    store,
  );

/** A commit that no open page of this tab will write down: added where the text is kept at all. */
export async function addToText(userId: string, documentId: string, committed: Uint8Array) {
  if (!(await readText(userId, documentId))) return;
  await update<KeptText>(
    name(userId, documentId),
    (kept) => ({ ...none, ...kept, updates: [...(kept?.updates ?? []), committed] }),
    store,
  );
}

export const dropText = (userId: string, documentId: string) =>
  delMany([name(userId, documentId)], store);

/** On signing out: no text stays readable here. */
export async function forgetTexts(userId: string) {
  const kept = await keys<string>(store);
  await delMany(
    kept.filter((key) => key.startsWith(`${userId}/`)),
    store,
  );
}
