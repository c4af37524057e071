import { SquareCheck } from "lucide-react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { cx } from "@/ui/format/cx.ts";

export type Checked = Pick<TaskView, "checklistDone" | "checklistTotal">;

/** How many of a task's checklist items are done; null when it has none. */
export const checklistWords = ({ checklistDone, checklistTotal }: Checked) =>
  checklistTotal > 0 ? `${checklistDone}/${checklistTotal}` : null;

export function ChecklistCount({ task }: { task: Checked }) {
  const words = checklistWords(task);
  if (words === null) return null;
  const isDone = task.checklistDone === task.checklistTotal;
  return (
    <span
      className={cx(
        "inline-flex shrink-0 items-center gap-1 text-12 tabular-nums",
        isDone ? "text-success-ink" : "text-muted",
      )}
    >
      <SquareCheck size={12} aria-hidden="true" />
      <span className="sr-only">Checklist items: </span>
      {words}
    </span>
  );
}
