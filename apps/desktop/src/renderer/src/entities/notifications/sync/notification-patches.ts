import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { defineEntity } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";
import {
  byAge,
  type InboxState,
  inboxKey,
  inboxStates,
  isIn,
  isSnoozed,
  type Notification,
  type NotificationList,
  PAGE,
} from "./notification.ts";

/** In the lists where it now belongs, and in no other. */
export function putNotification(tx: CacheTransaction, row: Notification) {
  for (const state of inboxStates) {
    const key = inboxKey(row.workspaceId, state);
    tx.update(key, (list) => {
      const isUnknown = isBehind(list, row) && !list.items.some(({ id }) => id === row.id);
      const next = isUnknown ? list : putIn(list, state, row);
      // Whether it stood in the list is not known here, and so not how many are left.
      if (state === "unread" && (isUnknown || isShort(next))) tx.invalidate(key);
      return next;
    });
  }
}

/** Older than what was read of a list that goes on. */
function isBehind({ nextCursor }: NotificationList, { at }: Notification): boolean {
  const [last] = nextCursor?.split("/") ?? [];
  return last !== undefined && at < new Date(last);
}

/** It goes on behind what is here, and little of that is left. */
const isShort = ({ items, nextCursor }: NotificationList) =>
  nextCursor !== null && items.length < PAGE / 2;

function putIn(list: NotificationList, state: InboxState, row: Notification): NotificationList {
  const others = list.items.filter(({ id }) => id !== row.id);
  const items = isIn[state](row) ? [...others, row].sort(byAge) : others;
  const wakes = row.snoozedUntil && isSnoozed(row) ? row.snoozedUntil : null;
  const wakesAt = wakes && (!list.wakesAt || wakes < list.wakesAt) ? wakes : list.wakesAt;
  const unread = list.unread + (state === "unread" ? items.length - list.items.length : 0);
  return { ...list, items, unread, wakesAt };
}

export const notificationPatch = defineEntity("notification", (tx, { row }) => {
  if (row) putNotification(tx, row);
});

/** Changes those about a thing; null: they are gone with it. */
function change(
  tx: CacheTransaction,
  workspaceId: string,
  isAbout: (n: Notification) => boolean,
  fields: Partial<Notification> | null,
) {
  for (const state of inboxStates) {
    tx.update(inboxKey(workspaceId, state), (list) => {
      if (!list.items.some(isAbout)) return list;
      const items = fields
        ? list.items.map((n) => (isAbout(n) ? { ...n, ...fields } : n))
        : list.items.filter((n) => !isAbout(n));
      const unread = list.unread + (state === "unread" ? items.length - list.items.length : 0);
      return { ...list, items, unread };
    });
  }
}

/** What came back from the trash, or from where I may not see it, is told of again. */
const comesBack = (op: string, row: { version: number } | null) =>
  op === "insert" && row !== null && row.version > 1;

export const taskOfInbox = defineEntity("task", (tx, { id, op, row }, { workspaceId }) => {
  if (comesBack(op, row)) return tx.invalidate(queryPrefix("notifications.list"));
  const fields = row && { title: row.title, key: row.key, projectId: row.projectId };
  change(tx, workspaceId, ({ subject }) => subject.id === id, fields);
});

export const documentOfInbox = defineEntity("document", (tx, { id, op, row }, { workspaceId }) => {
  if (comesBack(op, row)) return tx.invalidate(queryPrefix("notifications.list"));
  const fields = row && { title: row.title, projectId: row.projectId };
  change(tx, workspaceId, ({ subject }) => subject.id === id, fields);
});

export const commentOfInbox = defineEntity("comment", (tx, { id, row }, { workspaceId }) => {
  if (!row) change(tx, workspaceId, ({ commentId }) => commentId === id, null);
});

/** What I may see is another part now. */
export const accessOfInbox = defineEntity("access", (tx, { row }, { myId }) => {
  if (!row || row.userId === myId) tx.invalidate(queryPrefix("notifications.list"));
});
export const documentAccessOfInbox = defineEntity("documentAccess", (tx, { row }, { myId }) => {
  if (!row || row.userId === myId) tx.invalidate(queryPrefix("notifications.list"));
});

export const followPatch = defineEntity("follow", (tx, { row }) => {
  if (!row) return;
  const { entity, id } = row.subject;
  if (entity !== "workspace") tx.invalidateCached(queryKey("follows.get", { entity, id }));
});
