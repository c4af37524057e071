/**
 * Edits of documents' texts that the server has not committed yet, on this computer. Written before
 * they are sent; what is in here survives a closed window, a reload without a network and a lost
 * power.
 */
import { createStore, entries } from "idb-keyval";
import { dropAtOnce, keepAtOnce, replaceAtOnce } from "../keep-at-once.ts";

export type DocumentEdit = {
  /** The server keeps it once under this id, however often it is sent. */
  id: string;
  userId: string;
  workspaceId: string;
  documentId: string;
  /** What the person is told about it: the title as it was. */
  title: string;
  /** A Yjs update (v1). It never changes under the same id. */
  update: Uint8Array;
  /** Set when the server refused it; it then waits for the person. */
  refusal?: { reason: string; message: string };
};

const store = createStore("guildhall-document-edits", "edits");

export const keepEdit = (edit: DocumentEdit) => keepAtOnce(store, edit);
/** The old one has grown into the other. */
export const replaceEdit = (old: string, edit: DocumentEdit) => replaceAtOnce(store, old, edit);
export const dropEdit = (id: string) => dropAtOnce(store, id);

/** In the order they were made: their ids are UUIDv7. */
export async function readEdits(userId: string): Promise<DocumentEdit[]> {
  const kept = await entries<string, DocumentEdit>(store);
  return kept
    .map(([, edit]) => edit)
    .filter((edit) => edit.userId === userId)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
