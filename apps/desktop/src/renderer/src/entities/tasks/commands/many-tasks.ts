import type { TaskPatch, TaskView } from "@/entities/tasks/sync/task.ts";

/** The most that the server takes in one call. */
const MOST = 500;

export function chunked<T>(items: readonly T[], size = MOST): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Tasks that get the same patch, together; without those that it would not change. */
export function groupByPatch(
  tasks: readonly TaskView[],
  patchOf: (task: TaskView) => TaskPatch,
): { patch: TaskPatch; tasks: TaskView[] }[] {
  const groups = new Map<string, { patch: TaskPatch; tasks: TaskView[] }>();
  for (const task of tasks) {
    const patch = patchOf(task);
    if (isAsItIs(task, patch)) continue;
    const key = JSON.stringify(patch);
    const group = groups.get(key) ?? { patch, tasks: [] };
    group.tasks.push(task);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const isAsItIs = (task: TaskView, patch: TaskPatch) =>
  Object.entries(patch).every(
    ([name, value]) => JSON.stringify(task[name as keyof TaskView]) === JSON.stringify(value),
  );
