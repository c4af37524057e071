import { useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { Notification } from "./notification.ts";
import { markNotifications } from "./notification-mutations.ts";

const ids = (some: readonly Notification[]) => some.map(({ id }) => id);

/** What one does to what one is told: shown at once, kept here, sent in order, and undoable. */
export function useNotificationMutations() {
  const { perform, send } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(
    () => ({
      /** By looking at it, which is no step to undo. */
      seen(some: readonly Notification[]) {
        const unread = some.filter(({ readAt }) => !readAt);
        if (unread.length === 0) return;
        const input = { ids: ids(unread), read: true };
        void send(workspaceId, markNotifications, { input, about: "Mark as read" });
      },
      setRead(some: readonly Notification[], read: boolean) {
        const others = some.filter(({ readAt }) => (readAt !== null) !== read);
        return perform(workspaceId, markNotifications, {
          input: { ids: ids(others), read },
          was: { read: !read },
          about: read ? "Mark as read" : "Mark as unread",
        });
      },
      setDone(some: readonly Notification[], done: boolean) {
        const others = some.filter(({ doneAt }) => (doneAt !== null) !== done);
        return perform(workspaceId, markNotifications, {
          input: { ids: ids(others), done },
          was: { done: !done },
          about: done ? "Mark as done" : "Move back to the inbox",
        });
      },
      snooze: (some: readonly Notification[], snoozedUntil: Date | null) =>
        perform(workspaceId, markNotifications, {
          // It is unread when it comes back.
          input: { ids: ids(some), snoozedUntil, read: false },
          was: { snoozedUntil: null },
          about: snoozedUntil ? "Snooze" : "Stop snoozing",
        }),
    }),
    [perform, send, workspaceId],
  );
}
