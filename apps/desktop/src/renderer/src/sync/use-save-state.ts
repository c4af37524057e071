import { useRoom, useValue } from "./use-room.ts";

/** Which of three holds: all is committed, something is on its way, or the server is out of reach. */
export function useSaveState() {
  const { outbox, connection } = useRoom();
  const entries = useValue(outbox.entries);
  const reachable = useValue(outbox.reachable);
  const socket = useValue(connection.socket);
  const offline = !reachable || (socket === "closed" && !navigator.onLine);
  const state = offline ? "offline" : entries.some((e) => !e.refusal) ? "saving" : "saved";
  return {
    state: state as "saved" | "saving" | "offline",
    entries,
    retry: outbox.retry,
    discard: outbox.discard,
  };
}
