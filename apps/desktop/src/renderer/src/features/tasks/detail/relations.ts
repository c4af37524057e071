import type { TaskView } from "@/entities/tasks/sync/task.ts";

export type Tasks = ReadonlyMap<string, TaskView>;

export type Relations = {
  parent: TaskView | undefined;
  /** In the order of their numbers; those that have none yet last. */
  subtasks: TaskView[];
  blockedBy: TaskView[];
  blocks: TaskView[];
  /** What it refers to and is in no list: deleted tasks, shown so that they can be taken off. */
  deleted: { parentId: string | null; blockerIds: string[] };
};

/**
 * The tasks around one, from all tasks of its project. While those are being read, nothing is said to
 * be deleted.
 */
export function relationsOf(task: TaskView, tasks: Tasks, isRead = true): Relations {
  const subtasks: TaskView[] = [];
  const blocks: TaskView[] = [];
  for (const other of tasks.values()) {
    if (other.parentId === task.id) subtasks.push(other);
    if (other.blockedByIds.includes(task.id)) blocks.push(other);
  }
  return {
    parent: task.parentId ? tasks.get(task.parentId) : undefined,
    subtasks: subtasks.sort(byNumber),
    blockedBy: task.blockedByIds.flatMap((id) => tasks.get(id) ?? []),
    blocks: blocks.sort(byNumber),
    deleted: {
      parentId: isRead && task.parentId && !tasks.has(task.parentId) ? task.parentId : null,
      blockerIds: isRead ? task.blockedByIds.filter((id) => !tasks.has(id)) : [],
    },
  };
}

const LAST = Number.POSITIVE_INFINITY;
const byNumber = (a: TaskView, b: TaskView) => (a.number || LAST) - (b.number || LAST) || 0;

/** The task and all that is part of it: none of them can be its parent. */
export function withDescendants(task: TaskView, tasks: Tasks): Set<string> {
  const children = Map.groupBy(tasks.values(), (other) => other.parentId);
  const found = new Set([task.id]);
  for (const id of found) for (const child of children.get(id) ?? []) found.add(child.id);
  return found;
}
