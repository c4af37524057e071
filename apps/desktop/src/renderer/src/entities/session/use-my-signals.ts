import { useEffect } from "react";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

/** What is mine and in no workspace's feed is asked again when the server says that it may have changed. */
export function useMySignals() {
  const { connection } = useSyncClient();
  const cache = trpc.useUtils();
  useEffect(() => {
    const { unsubscribe } = connection.client.auth.onMine.subscribe(undefined, {
      onData: () => {
        void cache.invitations.mine.invalidate();
        void cache.workspaces.deleted.invalidate();
        void cache.workspaces.list.invalidate();
        void cache.auth.emailState.invalidate();
        void cache.instance.access.invalidate();
        void cache.notifications.settings.invalidate();
      },
      // Signed out meanwhile: the session says so.
      onError: () => {},
    });
    return unsubscribe;
  }, [connection, cache]);
}
