/** What a word that is typed or pasted names: a task by its key, a page of this Guildhall by its address. */
import { type OwnPage, ownPageOf } from "@/entities/documents/text/own-path.ts";

const taskKey = /^[A-Z][A-Z0-9]{0,19}-[1-9]\d{0,8}$/;

/** `hasProject`: whether there is one with this key. */
export function nameOf(
  word: string,
  workspaceId: string,
  hasProject: (key: string) => boolean,
): OwnPage | null {
  if (!taskKey.test(word)) return ownPageOf(word, workspaceId);
  return hasProject(word.slice(0, word.lastIndexOf("-")))
    ? { target: "task", keyOrId: word }
    : null;
}

/** The last word before `end`, without the signs that close a sentence behind it; null: there is none. */
export function wordBefore(text: string, end: number): { from: number; to: number } | null {
  let to = end;
  while (to > 0 && /[.,;:!?)\]"'»”]/.test(text[to - 1] ?? "")) to--;
  let from = to;
  while (from > 0 && !/[\s\ufffc([{"'«“]/.test(text[from - 1] ?? "")) from--;
  return to > from ? { from, to } : null;
}
