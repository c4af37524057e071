import { useMemo, useRef } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";

type SubtaskCount = { done: number; total: number };
export type SubtaskCounts = ReadonlyMap<string, SubtaskCount>;

/** By the parent's id; the archived ones too, as their work was done. */
function countSubtasks(tasks: Iterable<TaskView>): SubtaskCounts {
  const counts = new Map<string, SubtaskCount>();
  for (const { parentId, completedAt } of tasks) {
    if (!parentId) continue;
    const count = counts.get(parentId) ?? { done: 0, total: 0 };
    count.total += 1;
    if (completedAt) count.done += 1;
    counts.set(parentId, count);
  }
  return counts;
}

/** The same object until a count changes: few edits do that, and every card looks at it. */
export function useSubtasks(tasks: ReadonlyMap<string, TaskView>): SubtaskCounts {
  const last = useRef<SubtaskCounts>(new Map());
  return useMemo(() => {
    const next = countSubtasks(tasks.values());
    if (!sameCounts(last.current, next)) last.current = next;
    return last.current;
  }, [tasks]);
}

function sameCounts(a: SubtaskCounts, b: SubtaskCounts): boolean {
  if (a.size !== b.size) return false;
  for (const [id, { done, total }] of a) {
    const other = b.get(id);
    if (!other || other.done !== done || other.total !== total) return false;
  }
  return true;
}
