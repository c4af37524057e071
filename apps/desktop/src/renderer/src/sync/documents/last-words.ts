/**
 * What was written in the last moment of a page and is not in IndexedDB yet. A write that waits there
 * behind another one is given up with its page, also when it was committed in so many words. Local
 * storage answers at once, so that it takes these few bytes until the next page brings them over.
 */
import { uuidv7 } from "uuidv7";
import type { DocumentEdit } from "./edit-store.ts";
import { fromBase64, toBase64 } from "./transport.ts";

const PREFIX = "guildhall-last-words/";
/** Each page has a place of its own. */
const place = PREFIX + uuidv7();

type Said = Omit<DocumentEdit, "update"> & { update: string };

export function sayLastWords(edits: readonly DocumentEdit[]) {
  if (edits.length === 0) return;
  const said = edits.map((edit): Said => ({ ...edit, update: toBase64(edit.update) }));
  localStorage.setItem(place, JSON.stringify(said));
}

/** The page did not go after all, and everything is written down. */
export const takeBackLastWords = () => localStorage.removeItem(place);

/** Those of every page; each is forgotten once `keep` has it. */
export async function hearLastWords(keep: (edit: DocumentEdit) => Promise<void>) {
  const places = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  for (const each of places) {
    const said: Said[] = JSON.parse(localStorage.getItem(each) ?? "[]");
    for (const edit of said) await keep({ ...edit, update: fromBase64(edit.update) });
    localStorage.removeItem(each);
  }
}
