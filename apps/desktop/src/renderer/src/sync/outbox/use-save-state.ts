import { useObservable } from "@/lib/observable.ts";
import { deviceStorage } from "@/sync/storage/device-storage.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

/** An edit on its way, or one that the server refused. */
export type WaitingEntry = {
  id: string;
  label: string;
  refusal?: { message: string } | undefined;
};

const NOT_CHOSEN = { message: "Choose the file again to continue its upload." };

/**
 * Which of three holds of all that this person did on this device, in whatever window: all is
 * committed, something is on its way, or the server is out of reach.
 */
export function useSaveState() {
  const { outbox, documentEdits, uploads, connection } = useSyncClient();
  const entries = useObservable(outbox.entries);
  const texts = useObservable(documentEdits.texts);
  const files = useObservable(uploads.items);
  const canReach = [useObservable(outbox.reachable), useObservable(documentEdits.reachable)];
  const socket = useObservable(connection.socket);
  const offline = canReach.includes(false) || (socket === "closed" && !navigator.onLine);
  const waiting: WaitingEntry[] = [
    ...entries,
    ...texts.map(({ documentId: id, title, refusal }) => {
      return { id, label: `Write in “${title || "Untitled"}”`, refusal };
    }),
    ...files.map(({ id, name, file, problem }) => {
      const refusal = problem ? { message: problem } : file ? undefined : NOT_CHOSEN;
      return { id, label: `Upload “${name}”`, refusal };
    }),
  ];
  const state = offline ? "offline" : waiting.some((e) => !e.refusal) ? "saving" : "saved";
  const isText = (id: string) => texts.some(({ documentId }) => documentId === id);
  return {
    state: state as "saved" | "saving" | "offline",
    /** This device does not store what it is given: what waits is in the open windows alone. */
    isUnstored: useObservable(deviceStorage.refuses),
    entries: waiting,
    /** Of what was refused of a text: all of it, to be taken elsewhere. Null for the rest. */
    textOf: (id: string) => (isText(id) ? () => documentEdits.textOf(id) : null),
    uploadOf: (id: string) => files.find((file) => file.id === id),
    retry: (id: string) => (isText(id) ? documentEdits.retry(id) : outbox.retry(id)),
    discard: (id: string) => (isText(id) ? documentEdits.discard(id) : outbox.discard(id)),
  };
}
