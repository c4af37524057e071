import { useEffect, useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { ChangedRows } from "@/sync/optimistic.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import {
  byAge,
  type InboxState,
  inboxInput,
  inboxKey,
  isIn,
  type Notification,
  type NotificationView,
} from "./notification.ts";
import { inboxView } from "./notification-view.ts";

const NONE: Notification[] = [];

function useList(state: InboxState) {
  const { id } = useWorkspace();
  return trpc.notifications.list.useQuery(inboxInput(id, state));
}

/** With what waits in the outbox. */
function useShown(rows: readonly Notification[]): NotificationView[] {
  const { applyWaiting, outbox } = useSyncClient();
  const entries = useObservable(outbox.entries);
  return useMemo(() => {
    const changed = new ChangedRows<NotificationView>(new Map(rows.map((row) => [row.id, row])));
    applyWaiting(inboxView, { rows: changed }, entries);
    return [...changed.current.values()];
  }, [rows, entries, applyWaiting]);
}

/** A timer holds no more. */
const LONGEST_MS = 2 ** 31 - 1;

/** What is unread, the newest first, and how many there are. Live; read in every screen. */
export function useUnread() {
  const { data, refetch } = useList("unread");
  const rows = data?.items ?? NONE;
  const shown = useShown(rows);
  const items = useMemo(() => shown.filter(isIn.unread), [shown]);
  const wakesAt = data?.wakesAt?.getTime();
  useEffect(() => {
    if (wakesAt === undefined) return;
    const wait = Math.min(LONGEST_MS, Math.max(0, wakesAt - Date.now()) + 500);
    const timer = setTimeout(() => void refetch(), wait);
    return () => clearTimeout(timer);
  }, [wakesAt, refetch]);
  return {
    items,
    count: Math.max(0, (data?.unread ?? 0) + items.length - rows.length),
    isRead: data !== undefined,
  };
}

/**
 * A list of the inbox. `stays`: what was read while it is open, and so is unread no more, but would move
 * away from under its reader.
 */
export function useInbox(state: InboxState, stays: ReadonlySet<string>) {
  const { connection, cache } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  const unread = useList("unread");
  // Of what was unread all is there still when it is read.
  const of = state === "done" ? "done" : "all";
  const list = useList(of);
  const rows = useMemo(() => {
    const known = [...(unread.data?.items ?? []), ...(list.data?.items ?? [])];
    return [...new Map(known.map((row) => [row.id, row])).values()];
  }, [unread.data, list.data]);
  const shown = useShown(rows);
  const items = useMemo(
    () =>
      shown
        .filter((n) => isIn[state](n) || (stays.has(n.id) && isIn.all(n) && !n.snoozedUntil))
        .sort(byAge),
    [shown, state, stays],
  );
  const cursor = list.data?.nextCursor;

  async function readOlder() {
    if (!cursor) return;
    const input = { ...inboxInput(workspaceId, of), cursor };
    const page = await connection.client.notifications.list.query(input);
    const tx = new CacheTransaction(cache);
    tx.update(inboxKey(workspaceId, of), (data) => ({
      ...data,
      items: [...data.items, ...page.items],
      nextCursor: page.nextCursor,
    }));
    tx.commit();
  }

  return {
    items,
    isLoading: list.data === undefined,
    error: list.error,
    retry: () => void list.refetch(),
    readOlder: cursor ? readOlder : null,
  };
}
