import type { RouterOutputs } from "@guildhall/api/client";
import type { EditMark } from "@/sync/outbox/edit-mark.ts";
import { queryKey } from "@/sync/procedures.ts";

export type NotificationList = RouterOutputs["notifications"]["list"];
export type Notification = NotificationList["items"][number];
/** As it is shown: with what waits in the outbox. */
export type NotificationView = Notification & { edit?: EditMark };

export const inboxStates = ["unread", "all", "done"] as const;
export type InboxState = (typeof inboxStates)[number];

/** So many are read at once; older ones as they are asked for. */
export const PAGE = 200;

export const inboxInput = (workspaceId: string, state: InboxState) => ({
  workspaceId,
  state,
  limit: PAGE,
});
export const inboxKey = (workspaceId: string, state: InboxState) =>
  queryKey("notifications.list", inboxInput(workspaceId, state));

export const isSnoozed = ({ snoozedUntil }: Notification, now = new Date()) =>
  snoozedUntil !== null && snoozedUntil > now;

/** Whether it is shown in a list; the server's rule. */
export const isIn: Record<InboxState, (n: Notification) => boolean> = {
  unread: (n) => !n.readAt && !n.doneAt && !isSnoozed(n),
  all: (n) => !n.doneAt,
  done: (n) => n.doneAt !== null,
};

/** The newest first. */
export const byAge = (a: Notification, b: Notification) =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);
