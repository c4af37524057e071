import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Connection } from "./connection.ts";
import { keys } from "./keys.ts";
import { type CommentView, overlayComments, overlayTasks, taskIds } from "./overlay.ts";
import type { Board, Task, TaskRow, TaskView } from "./shapes.ts";
import { trpc } from "./trpc.ts";
import { useRoom, useValue } from "./use-room.ts";

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
  const { connection, outbox } = useRoom();
  const query = useQuery({
    queryKey: keys.board(projectId),
    queryFn: ({ signal }) => readBoard(connection.client, projectId, signal),
    structuralSharing: false,
  });
  const entries = useValue(outbox.entries);
  const rows = query.data?.tasks ?? EMPTY;
  const tasks = useMemo(() => overlayTasks(rows, entries, projectId), [rows, entries, projectId]);
  return { tasks, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}

/** One task with its description. */
export function useTask(id: string) {
  const { outbox } = useRoom();
  const query = trpc.tasks.get.useQuery({ id });
  const entries = useValue(outbox.entries);
  const task = useMemo((): (TaskView & Pick<Task, "description">) | undefined => {
    const creating = entries.find((e) => e.act === "tasks.create" && e.input.id === id);
    const made = creating?.shown && { ...creating.shown, description: descriptionOf(creating) };
    const row = query.data ?? made;
    if (!row) return undefined;
    const mine = entries.filter((e) => taskIds(e).includes(id) && e.act !== "tasks.deleteMany");
    const laid = overlayTasks(new Map([[id, row]]), mine, row.projectId).get(id);
    return laid && { ...row, ...laid, description: laid.description ?? row.description };
  }, [entries, query.data, id]);
  return { task, error: query.error, retry: query.refetch };
}

const descriptionOf = (entry: { act: string; input: object }) =>
  "description" in entry.input && typeof entry.input.description === "string"
    ? entry.input.description
    : "";

/** What is assigned to me in this workspace. */
export function useMyTasks(workspaceId: string) {
  const { outbox } = useRoom();
  const query = trpc.tasks.mine.useQuery({ workspaceId });
  const entries = useValue(outbox.entries);
  const tasks = useMemo((): TaskView[] => {
    const rows = new Map((query.data?.items ?? []).map((t) => [t.id, t] as const));
    const creating = new Set(["tasks.create", "tasks.restoreMany"]);
    const others = entries.filter((e) => !creating.has(e.act));
    return [...overlayTasks(rows, others, "").values()];
  }, [query.data, entries]);
  return { tasks, isLoading: query.data === undefined, error: query.error, retry: query.refetch };
}

/** Oldest first. */
export function useComments(taskId: string) {
  const { outbox, me } = useRoom();
  const query = trpc.comments.list.useQuery({ taskId });
  const entries = useValue(outbox.entries);
  const comments = useMemo(
    (): CommentView[] => overlayComments(query.data ?? [], entries, taskId, me.id),
    [query.data, entries, taskId, me.id],
  );
  return { comments, isLoading: query.data === undefined, error: query.error };
}
