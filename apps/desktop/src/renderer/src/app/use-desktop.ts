import { useEffect } from "react";
import { platform } from "@/platform/platform.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { waiting } from "./listen-to-desktop.ts";

/** While somebody is in: what waits of theirs, and that nothing of theirs is unread once they are out. */
export function useDesktop() {
  const sync = useSyncClient();
  useEffect(() => {
    const { desktop } = platform;
    if (!desktop) return;
    // What was refused isn't sent the next time.
    waiting.count = () => sync.waiting.get().filter(({ refusal }) => !refusal).length;
    return () => {
      waiting.count = () => 0;
      void desktop.setUnread(null);
    };
  }, [sync]);
}
