import { useState } from "react";
import { useMe } from "@/sync/use-sync-client.ts";

/** What somebody typed and the server does not have yet, by person and place. */
export type StoredDraft = {
  /** The text it grew from. */
  base: string;
  text: string;
};

/** A task's id for its description, else what is said where: `comment-on.<id of the task or thread>`. */
export type DraftPlace = string;

const key = (userId: string, place: DraftPlace) => `guildhall.draft.${userId}.${place}`;

/** localStorage, because it holds what was typed before the next key is pressed. */
export const storedDrafts = {
  read(userId: string, place: DraftPlace): StoredDraft | null {
    const stored = localStorage.getItem(key(userId, place));
    return stored === null ? null : (JSON.parse(stored) as StoredDraft);
  },
  write(userId: string, place: DraftPlace, draft: StoredDraft) {
    try {
      localStorage.setItem(key(userId, place), JSON.stringify(draft));
    } catch {
      // Full. What is sent is in the outbox, in another store.
    }
  },
  remove: (userId: string, place: DraftPlace) => localStorage.removeItem(key(userId, place)),
};

/** A text that is sent as a whole: what is begun here is still here after a look elsewhere, and a reload. */
export function useDraftText(place: DraftPlace, base = "") {
  const { id } = useMe();
  const [text, setText] = useState(() => storedDrafts.read(id, place)?.text ?? base);
  function type(next: string) {
    setText(next);
    if (next === base) storedDrafts.remove(id, place);
    else storedDrafts.write(id, place, { base, text: next });
  }
  return [text, type] as const;
}
