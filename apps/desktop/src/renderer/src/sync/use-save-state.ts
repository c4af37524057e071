import { useObservable } from "@/lib/observable.ts";
import { deviceStorage } from "./storage/device-storage.ts";
import { useSyncClient } from "./use-sync-client.ts";

/**
 * Which of three holds of all that this person did on this device, in whatever window: all is
 * committed, something is on its way, or the server is out of reach.
 */
export function useSaveState() {
  const { waiting, reachable, connection, retry, discard } = useSyncClient();
  const entries = useObservable(waiting);
  const isReachable = useObservable(reachable);
  const socket = useObservable(connection.socket);
  const offline = !isReachable || (socket === "closed" && !navigator.onLine);
  const state = offline ? "offline" : entries.some((e) => !e.refusal) ? "saving" : "saved";
  return {
    state: state as "saved" | "saving" | "offline",
    /** This device does not store what it is given: what waits is in the open windows alone. */
    isUnstored: useObservable(deviceStorage.refuses),
    entries,
    retry,
    discard,
  };
}
