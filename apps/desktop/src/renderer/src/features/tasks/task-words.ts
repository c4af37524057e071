import type { Person } from "@/ui/avatar.tsx";
import { priorityNames } from "@/ui/priority-icon.tsx";
import { dueDateWords, dueState } from "@/ui/time-words.ts";
import type { Label, Task } from "./task-shape.ts";

/** A card in one sentence, for a screen reader that moves from card to card. */
export function taskInWords(
  task: Task,
  labels: readonly Label[],
  assignees: readonly Person[],
  now: Date,
): string {
  const parts = [task.key, task.title];
  if (task.priority !== "none")
    parts.push(`priority ${priorityNames[task.priority].toLowerCase()}`);
  if (assignees.length > 0)
    parts.push(`assigned to ${assignees.map(({ name }) => name).join(", ")}`);
  if (labels.length > 0) parts.push(`labels ${labels.map(({ name }) => name).join(", ")}`);
  if (task.dueDate) {
    const isLate = !task.completedAt && dueState(task.dueDate, now) === "overdue";
    parts.push(`${isLate ? "overdue since" : "due"} ${dueDateWords(task.dueDate, now)}`);
  }
  if (task.subtaskCount > 0) {
    parts.push(`${task.subtaskDoneCount} of ${task.subtaskCount} subtasks done`);
  }
  return parts.join(", ");
}
