import { useLocation, useNavigate } from "@tanstack/react-router";
import { CheckCheck, Inbox } from "lucide-react";
import { useMemo, useState } from "react";
import { notificationPath } from "@/entities/notifications/notification-path.ts";
import {
  type InboxState,
  inboxStates,
  type NotificationView,
} from "@/entities/notifications/sync/notification.ts";
import { useInbox } from "@/entities/notifications/sync/use-inbox.ts";
import { useNotificationMutations } from "@/entities/notifications/sync/use-notification-mutations.ts";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { pointer } from "@/lib/deep-link-target.ts";
import { formatError } from "@/sync/format-error.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Beside } from "./beside.tsx";
import { groupByThing, type InboxGroup } from "./inbox-groups.ts";
import { InboxList } from "./inbox-list.tsx";
import { InboxSkeleton } from "./inbox-skeleton.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { useIsWide } from "./use-is-wide.ts";

const labels: Record<InboxState, string> = { unread: "Unread", all: "All", done: "Done" };
const segments = inboxStates.map((value) => ({ value, label: labels[value] }));

/** What one is told, by thing, with the thing beside it. */
export default function InboxScreen({ TaskPeek }: Pick<TaskSlots, "TaskPeek">) {
  const { state, item, setState, setItem } = useAddress();
  const [stays, setStays] = useState<ReadonlySet<string>>(new Set());
  const inbox = useInbox(state, stays);
  const groups = useMemo(() => groupByThing(inbox.items), [inbox.items]);
  const mutations = useNotificationMutations();
  const { undo } = useSyncClient();
  const navigate = useNavigate();
  const isWide = useIsWide();
  const [snoozing, setSnoozing] = useState<NotificationView[]>([]);
  const open = groups.find(({ id }) => id === item);

  function read(items: readonly NotificationView[]) {
    setStays((old) => new Set([...old, ...items.map(({ id }) => id)]));
    mutations.seen(items);
  }
  function show({ id, items, latest }: InboxGroup) {
    setItem(id, latest.commentId);
    read(items);
  }
  function openWhole({ items, latest }: InboxGroup) {
    read(items);
    navigate({ to: notificationPath(latest) });
  }
  function done(items: NotificationView[]) {
    const isDone = state !== "done";
    const step = mutations.setDone(items, isDone);
    notify({ title: isDone ? "Marked as done" : "Moved back", onUndo: () => undo.undo(step) });
    if (open && items.some(({ id }) => id === open.latest.id)) setItem(null);
  }
  function toggleRead(items: NotificationView[]) {
    const isUnread = items.some(({ readAt }) => !readAt);
    if (isUnread) setStays((old) => new Set([...old, ...items.map(({ id }) => id)]));
    mutations.setRead(items, isUnread);
  }
  function snooze(until: Date) {
    const step = mutations.snooze(snoozing, until);
    setSnoozing([]);
    notify({ title: "Snoozed", onUndo: () => undo.undo(step) });
  }

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="@container/main flex min-w-0 flex-1 flex-col">
        <ScreenHeader
          title="Inbox"
          icon={<Inbox size={15} className="text-muted" />}
          commands={
            state !== "done" &&
            groups.length > 0 && (
              <IconButton
                label="Mark all as done"
                icon={<CheckCheck size={15} />}
                onClick={() => done(inbox.items)}
              />
            )
          }
        >
          <SegmentedControl
            label="Notifications"
            value={state}
            segments={segments}
            onValueChange={(next) => {
              setStays(new Set());
              setState(next);
            }}
          />
        </ScreenHeader>
        {inbox.error && inbox.items.length === 0 ? (
          <div className="p-4">
            <ErrorNotice title="Couldn't load your notifications" onRetry={inbox.retry}>
              {formatError(inbox.error)}
            </ErrorNotice>
          </div>
        ) : inbox.isLoading ? (
          <InboxSkeleton />
        ) : groups.length === 0 ? (
          <Nothing state={state} />
        ) : (
          <InboxList
            groups={groups}
            openId={open?.id ?? null}
            isBeside={isWide}
            onShow={show}
            onOpen={openWhole}
            commands={{ done, toggleRead, snooze: setSnoozing }}
            readOlder={inbox.readOlder && (() => void inbox.readOlder?.())}
          />
        )}
      </div>
      {open && isWide && (
        <Beside
          key={open.id}
          group={open}
          TaskPeek={TaskPeek}
          onOpen={() => openWhole(open)}
          onClose={() => setItem(null)}
        />
      )}
      <SnoozeDialog open={snoozing.length > 0} onClose={() => setSnoozing([])} onChoose={snooze} />
    </div>
  );
}

const nothing: Record<InboxState, { title: string; text: string }> = {
  unread: {
    title: "You're all caught up",
    text: "When someone assigns you a task, mentions you or replies to you, you'll see it here.",
  },
  all: {
    title: "No notifications",
    text: "When someone assigns you a task, mentions you or replies to you, you'll see it here.",
  },
  done: { title: "Nothing done yet", text: "Notifications that you mark as done appear here." },
};

function Nothing({ state }: { state: InboxState }) {
  return (
    <EmptyState icon={<Inbox size={18} />} title={nothing[state].title}>
      {nothing[state].text}
    </EmptyState>
  );
}

/** Which list is open and what shows beside it, as the address says. */
function useAddress() {
  const { search } = useLocation();
  const navigate = useNavigate();
  const { show, item }: { show?: unknown; item?: unknown } = search;
  const state = inboxStates.find((each) => each === show) ?? "unread";
  const go = (next: { show?: InboxState; item?: string }, hash?: string) =>
    navigate({ to: ".", search: next as never, hash: hash ?? "", replace: true });
  const listed = (name: InboxState) => (name === "unread" ? {} : { show: name });
  return {
    state,
    item: typeof item === "string" ? item : null,
    setState: (next: InboxState) => go(listed(next)),
    /** With the comment that is told of, which is brought into view. */
    setItem: (id: string | null, commentId?: string | null) =>
      go(
        { ...listed(state), ...(id && { item: id }) },
        id && commentId ? pointer("comment", commentId).slice(1) : "",
      ),
  };
}
