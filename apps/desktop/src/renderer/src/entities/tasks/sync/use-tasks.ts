import { type QueryClient, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useObservable } from "@/lib/observable.ts";
import type { Connection } from "@/sync/connection.ts";
import { isRefusal } from "@/sync/refusal.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { overlayTasks, taskIds } from "./apply-optimistically.ts";
import type { Board, TaskRow, TaskView } from "./task.ts";
import { boardKey, boards } from "./task.ts";

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

/** Every task of the project, archived ones too, with what waits in the outbox laid over. Live. */
export function useProjectTasks(projectId: string) {
  const { connection, outbox } = useSyncClient();
  const query = useQuery({
    queryKey: boardKey(projectId),
    queryFn: ({ signal }) => readBoard(connection.client, projectId, signal),
    structuralSharing: false,
  });
  const entries = useObservable(outbox.entries);
  const rows = query.data?.tasks ?? EMPTY;
  const tasks = useMemo(() => overlayTasks(rows, entries, projectId), [rows, entries, projectId]);
  return { tasks, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}

/**
 * One task. Its row from a board that is open here comes at once, the description when it is read.
 * `isGone`: deleted, or no longer to be seen by this person.
 */
export function useTask(id: string) {
  const { outbox, cache } = useSyncClient();
  const entries = useObservable(outbox.entries);
  const creating = entries.find((e) => e.act === "tasks.create" && e.input.id === id);
  // Asked about what it does not know yet, the server would say that there is no such thing.
  const query = trpc.tasks.get.useQuery({ id }, { enabled: !creating });
  const onBoard = query.data ? undefined : rowOnBoard(cache, id);
  const isGone = isRefusal(query.error) && !creating && !rowOnBoard(cache, id);
  const task = useMemo((): TaskView | undefined => {
    const made = creating?.shown && { ...creating.shown, description: descriptionOf(creating) };
    const row = query.data ?? made ?? onBoard;
    if (!row) return undefined;
    const mine = entries.filter((e) => taskIds(e).includes(id) && e.act !== "tasks.deleteMany");
    const laid = overlayTasks(new Map([[id, row]]), mine, row.projectId).get(id);
    return laid && { ...row, ...laid };
  }, [entries, creating, query.data, onBoard, id]);
  return { task, isGone, error: query.error, retry: query.refetch };
}

function rowOnBoard(cache: QueryClient, id: string): TaskRow | undefined {
  for (const [, board] of cache.getQueriesData<Board>({ queryKey: boards })) {
    const row = board?.tasks.get(id);
    if (row) return row;
  }
  return undefined;
}

const descriptionOf = (entry: { act: string; input: object }) =>
  "description" in entry.input && typeof entry.input.description === "string"
    ? entry.input.description
    : "";

/** What is assigned to me in this workspace. */
export function useMyTasks(workspaceId: string) {
  const { outbox } = useSyncClient();
  const query = trpc.tasks.mine.useQuery({ workspaceId });
  const entries = useObservable(outbox.entries);
  const tasks = useMemo((): TaskView[] => {
    const rows = new Map((query.data?.items ?? []).map((t) => [t.id, t] as const));
    const creating = new Set(["tasks.create", "tasks.restoreMany"]);
    const others = entries.filter((e) => !creating.has(e.act));
    return [...overlayTasks(rows, others, "").values()];
  }, [query.data, entries]);
  return { tasks, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}
