/** Tasks with what waits in the outbox. */
import { defineView } from "@/sync/define-mutation.ts";
import { ChangedRows } from "@/sync/optimistic.ts";
import type { TaskRow, TaskView } from "./task.ts";

/** Tasks of one project, or of none in particular: then none comes into them. */
export type Tasks = { tasks: ChangedRows<TaskView>; projectId: string | null };

export const taskView = defineView<Tasks>("tasks");

export const tasksIn = (rows: ReadonlyMap<string, TaskRow>, projectId: string | null): Tasks => ({
  tasks: new ChangedRows<TaskView>(rows),
  projectId,
});

export function formatCount(tasks: readonly TaskView[]): string {
  const [only] = tasks;
  return only && tasks.length === 1 ? only.key : `${tasks.length} tasks`;
}
