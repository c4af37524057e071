/** Of what one is told: nobody else sees whether it was read. */
import { mutationsOf } from "@/sync/define-mutation.ts";
import { putNotification } from "./notification-patches.ts";
import { inboxView } from "./notification-view.ts";

const defineMutation = mutationsOf(inboxView);

/** What takes it back: all that it is done to were otherwise before. */
export type Unmarked = { read?: boolean; done?: boolean; snoozedUntil?: Date | null };

export const markNotifications = defineMutation("notifications.mark", {
  label: (label: string) => label,
  apply: ({ rows }, { ids, read, done, snoozedUntil }, edit) => {
    if (edit.isRefused) return;
    const when = (isSet: boolean | undefined) => {
      if (isSet === undefined) return undefined;
      return isSet ? edit.at : null;
    };
    edit.patch(rows, ids, { readAt: when(read), doneAt: when(done), snoozedUntil });
  },
  onAnswer: (tx, { items }) => {
    for (const row of items) putNotification(tx, row);
  },
  inverse: ({ input: { ids, read, done, snoozedUntil } }, was: Unmarked) => ({
    mutation: "notifications.mark",
    input: { ids, ...was },
    was: { read, done, snoozedUntil },
  }),
});
