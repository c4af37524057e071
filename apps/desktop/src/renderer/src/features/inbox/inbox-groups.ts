import type { NotificationView } from "@/entities/notifications/sync/notification.ts";

/** All that one is told about a thing, the newest first. */
export type InboxGroup = {
  id: string;
  latest: NotificationView;
  items: NotificationView[];
  unread: number;
};

/** Each thing stands where the newest of it does. */
export function groupByThing(items: readonly NotificationView[]): InboxGroup[] {
  const groups = Map.groupBy(items, ({ subject }) => subject.id);
  return [...groups].flatMap(([id, some]) => {
    const [latest] = some;
    if (!latest) return [];
    return [{ id, latest, items: some, unread: some.filter((n) => !n.readAt && !n.doneAt).length }];
  });
}
