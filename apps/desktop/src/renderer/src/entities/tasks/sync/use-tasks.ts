import { type QueryClient, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useObservable } from "@/lib/observable.ts";
import { isEntryOf } from "@/sync/define-mutation.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { Connection } from "@/sync/server/connection.ts";
import { isRefusal } from "@/sync/server/refusal.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { type Board, boardKey, boards, type TaskRow, type TaskView } from "./task.ts";
import { createTask, deleteTasks } from "./task-mutations.ts";
import { tasksIn, taskView } from "./task-view.ts";

const PAGE = 1_000;
const EMPTY: ReadonlyMap<string, TaskRow> = new Map();

async function readBoard(client: Connection["client"], projectId: string, signal: AbortSignal) {
  const tasks = new Map<string, TaskRow>();
  let cursor: number | null = null;
  do {
    const page: { items: TaskRow[]; nextCursor: number | null } = await client.tasks.list.query(
      { projectId, cursor, limit: PAGE, archived: true },
      { signal },
    );
    for (const task of page.items) tasks.set(task.id, task);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { tasks, complete: true } satisfies Board;
}

/** With what waits in the outbox. */
function shownTasks(
  { applyWaiting }: SyncClient,
  { rows, projectId = null }: { rows: ReadonlyMap<string, TaskRow>; projectId?: string | null },
  entries: readonly OutboxEntry[],
): ReadonlyMap<string, TaskView> {
  const state = tasksIn(rows, projectId);
  applyWaiting(taskView, state, entries);
  return state.tasks.current;
}

/** Every task of the project, archived ones too, with what waits in the outbox. Live. */
export function useProjectTasks(projectId: string) {
  const sync = useSyncClient();
  const { connection, outbox } = sync;
  const query = useQuery({
    queryKey: boardKey(projectId),
    queryFn: ({ signal }) => readBoard(connection.client, projectId, signal),
    structuralSharing: false,
  });
  const entries = useObservable(outbox.entries);
  const rows = query.data?.tasks ?? EMPTY;
  const tasks = useMemo(
    () => shownTasks(sync, { rows, projectId }, entries),
    [sync, rows, entries, projectId],
  );
  return { tasks, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}

/**
 * One task. Its row from a board that is open here comes at once, the description when it is read.
 * `isGone`: deleted, or no longer to be seen by this person.
 */
export function useTask(id: string) {
  const sync = useSyncClient();
  const { outbox, cache } = sync;
  const entries = useObservable(outbox.entries);
  const creating = entries.filter((e) => isEntryOf(createTask, e)).find((e) => e.input.id === id);
  // Asked about what it does not know yet, the server would say that there is no such thing.
  const query = trpc.tasks.get.useQuery({ id }, { enabled: !creating });
  const onBoard = query.data ? undefined : rowOnBoard(cache, id);
  const isGone = isRefusal(query.error) && !creating && !rowOnBoard(cache, id);
  const task = useMemo((): TaskView | undefined => {
    const { shown, input } = creating ?? {};
    const row =
      query.data ?? (shown && { ...shown, description: input?.description ?? "" }) ?? onBoard;
    if (!row) return undefined;
    // It stays open until the server has deleted it.
    const others = entries.filter((e) => !isEntryOf(deleteTasks, e));
    return shownTasks(sync, { rows: new Map([[id, row]]) }, others).get(id);
  }, [sync, entries, creating, query.data, onBoard, id]);
  return { task, isGone, error: query.error, retry: query.refetch };
}

function rowOnBoard(cache: QueryClient, id: string): TaskRow | undefined {
  for (const [, board] of cache.getQueriesData<Board>({ queryKey: boards })) {
    const row = board?.tasks.get(id);
    if (row) return row;
  }
  return undefined;
}

/** What is assigned to me in this workspace. */
export function useMyTasks(workspaceId: string) {
  return useShown(trpc.tasks.mine.useQuery({ workspaceId }));
}

/** Others' tasks that I follow. Live; read when it is first shown. */
export function useFollowedTasks(workspaceId: string, enabled: boolean) {
  return useShown(trpc.tasks.followed.useQuery({ workspaceId }, { enabled }));
}

type Listing = { data: { items: TaskRow[] } | undefined; error: unknown; refetch: () => unknown };

function useShown({ data, error, refetch }: Listing) {
  const sync = useSyncClient();
  const entries = useObservable(sync.outbox.entries);
  const tasks = useMemo((): TaskView[] => {
    const rows = new Map((data?.items ?? []).map((t) => [t.id, t] as const));
    return [...shownTasks(sync, { rows }, entries).values()];
  }, [sync, data, entries]);
  return { tasks, isLoading: data === undefined, error, retry: () => void refetch() };
}
