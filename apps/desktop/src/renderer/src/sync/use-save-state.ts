import type { DocumentEdit } from "./documents/edits.ts";
import { useRoom, useValue } from "./use-room.ts";

/** An edit on its way, or one that the server refused. */
export type WaitingEntry = { id: string; label: string; refusal?: { message: string } };

/** Which of three holds: all is committed, something is on its way, or the server is out of reach. */
export function useSaveState() {
  const { outbox, documentEdits, connection } = useRoom();
  const entries = useValue(outbox.entries);
  const edits = useValue(documentEdits.edits);
  const canReach = [useValue(outbox.reachable), useValue(documentEdits.reachable)];
  const socket = useValue(connection.socket);
  const offline = canReach.includes(false) || (socket === "closed" && !navigator.onLine);
  const waiting: WaitingEntry[] = [...entries, ...byDocument(edits)];
  const state = offline ? "offline" : waiting.some((e) => !e.refusal) ? "saving" : "saved";
  const documentOf = (id: string) => edits.find((edit) => edit.id === id)?.documentId;
  return {
    state: state as "saved" | "saving" | "offline",
    entries: waiting,
    retry: (id: string) => (documentOf(id) ? documentEdits.retry(id) : outbox.retry(id)),
    discard(id: string) {
      const documentId = documentOf(id);
      return documentId ? documentEdits.discard(documentId) : outbox.discard(id);
    },
  };
}

/** A text is one thing to a person, in however many pieces it is sent. */
function byDocument(edits: readonly DocumentEdit[]): WaitingEntry[] {
  return [...Map.groupBy(edits, ({ documentId }) => documentId).values()].flatMap((of) => {
    const edit = of.find(({ refusal }) => refusal) ?? of[0];
    return edit ? [{ ...edit, label: `Write in “${edit.title || "Untitled"}”` }] : [];
  });
}
