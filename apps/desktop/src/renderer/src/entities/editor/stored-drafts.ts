import { useState, useSyncExternalStore } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useMe } from "@/sync/use-sync-client.ts";

/** What is said about which thing. */
export type DraftSubject = { target: "task" | "document"; id: string };

/** What somebody typed and the server does not have yet, by person and place. */
export type StoredDraft = {
  /** The text it grew from. */
  base: string;
  text: string;
  /** Of what is sent by a button: where it is found again, and when it was last typed, in ms. */
  about?: DraftSubject & { workspaceId: string; at: number };
};

/** A task's id for its description, else what is said where: `comment-on.<id of the task or thread>`. */
export type DraftPlace = string;

const prefix = (userId: string) => `guildhall.draft.${userId}.`;
const key = (userId: string, place: DraftPlace) => prefix(userId) + place;

let version = 0;
const watchers = new Set<() => void>();
function changed() {
  version += 1;
  for (const each of watchers) each();
}

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
    changed();
  },
  remove(userId: string, place: DraftPlace) {
    localStorage.removeItem(key(userId, place));
    changed();
  },
};

const placesOf = (userId: string): DraftPlace[] =>
  Object.keys(localStorage)
    .filter((name) => name.startsWith(prefix(userId)))
    .map((name) => name.slice(prefix(userId).length));

/** All that this person typed on this device, in whatever workspace, and didn't send. */
export const everyDraft = (userId: string): { place: DraftPlace; text: string }[] =>
  placesOf(userId).flatMap((place) => {
    const { text = "", base } = storedDrafts.read(userId, place) ?? {};
    return text.trim() !== "" && text !== base ? [{ place, text }] : [];
  });

export type UnsentDraft = { place: DraftPlace; text: string } & Required<StoredDraft>["about"];

/** In other windows too. */
function watchDrafts(onChange: () => void) {
  watchers.add(onChange);
  window.addEventListener("storage", changed);
  return () => {
    watchers.delete(onChange);
    window.removeEventListener("storage", changed);
  };
}

/** What this person began to say on this device in this workspace and has not sent, the latest first. */
export function useUnsentDrafts(): UnsentDraft[] {
  const { id: userId } = useMe();
  const { id: workspaceId } = useWorkspace();
  useSyncExternalStore(watchDrafts, () => version);
  return placesOf(userId)
    .flatMap((place) => {
      const { text = "", about } = storedDrafts.read(userId, place) ?? {};
      const isHere = about?.workspaceId === workspaceId && text.trim() !== "";
      return isHere ? [{ place, text, ...about }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

/** A text that is sent as a whole: what is begun here is still here after a look elsewhere, and a reload. */
export function useDraftText(place: DraftPlace, subject: DraftSubject, base = "") {
  const { id } = useMe();
  const { id: workspaceId } = useWorkspace();
  const [text, setText] = useState(() => storedDrafts.read(id, place)?.text ?? base);
  function type(next: string) {
    setText(next);
    const about = { ...subject, workspaceId, at: Date.now() };
    if (next === base) storedDrafts.remove(id, place);
    else storedDrafts.write(id, place, { base, text: next, about });
  }
  return [text, type] as const;
}
