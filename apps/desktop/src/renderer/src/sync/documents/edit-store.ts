/**
 * Edits of documents' texts that the server has not committed yet, on this computer. Written before
 * they are sent; what is in here survives a closed window, a reload without a network and a lost
 * power.
 */
import { createStore, entries } from "idb-keyval";
import { dropAtOnce, keepAtOnce, replaceAtOnce } from "../keep-at-once.ts";
import { hearLastWords, sayLastWords, takeBackLastWords } from "./last-words.ts";

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

/** On their way into the store. */
const unwritten = new Map<string, DocumentEdit>();

async function written(edit: DocumentEdit, writing: Promise<void>) {
  unwritten.set(edit.id, edit);
  await writing;
  if (unwritten.get(edit.id) === edit) unwritten.delete(edit.id);
  if (unwritten.size === 0) takeBackLastWords();
}

export const keepEdit = (edit: DocumentEdit) => written(edit, keepAtOnce(store, edit));

/** The old one has grown into the other. */
export function replaceEdit(old: string, edit: DocumentEdit) {
  unwritten.delete(old);
  return written(edit, replaceAtOnce(store, old, edit));
}

export function dropEdit(id: string) {
  unwritten.delete(id);
  return dropAtOnce(store, id);
}

/** The page goes: what is still on its way must not go with it. */
export const leaveEdits = () => sayLastWords([...unwritten.values()]);

/** In the order they were made: their ids are UUIDv7. */
export async function readEdits(userId: string): Promise<DocumentEdit[]> {
  await hearLastWords((edit) => keepAtOnce(store, edit));
  const kept = await entries<string, DocumentEdit>(store);
  return kept
    .map(([, edit]) => edit)
    .filter((edit) => edit.userId === userId)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
