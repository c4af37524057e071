import { useRoom, useValue } from "./use-room.ts";

/** An edit on its way, or one that the server refused. */
export type WaitingEntry = {
  id: string;
  label: string;
  refusal?: { message: string } | undefined;
};

/** Which of three holds: all is committed, something is on its way, or the server is out of reach. */
export function useSaveState() {
  const { outbox, documentEdits, connection } = useRoom();
  const entries = useValue(outbox.entries);
  const texts = useValue(documentEdits.texts);
  const canReach = [useValue(outbox.reachable), useValue(documentEdits.reachable)];
  const socket = useValue(connection.socket);
  const offline = canReach.includes(false) || (socket === "closed" && !navigator.onLine);
  const waiting: WaitingEntry[] = [
    ...entries,
    ...texts.map(({ documentId: id, title, refusal }) => {
      return { id, label: `Changes to “${title || "Untitled"}”`, refusal };
    }),
  ];
  const state = offline ? "offline" : waiting.some((e) => !e.refusal) ? "saving" : "saved";
  const isText = (id: string) => texts.some(({ documentId }) => documentId === id);
  return {
    state: state as "saved" | "saving" | "offline",
    entries: waiting,
    /** Of what was refused of a text: all of it, to be taken elsewhere. Null for the rest. */
    textOf: (id: string) => (isText(id) ? () => documentEdits.textOf(id) : null),
    retry: (id: string) => (isText(id) ? documentEdits.retry(id) : outbox.retry(id)),
    discard: (id: string) => (isText(id) ? documentEdits.discard(id) : outbox.discard(id)),
  };
}
