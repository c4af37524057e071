import type { PropertyValues } from "@/entities/tasks/properties/property-view.ts";
import { cardProperties } from "@/entities/tasks/properties/property-views.tsx";
import { textWidth } from "@/entities/tasks/properties/text-width.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { type Checked, checklistWords } from "./checklist-count.tsx";
import { insetX } from "./task-card-height.ts";

/** What hangs on a card keeps this distance. */
const metaGap = 8;
const icon = 16;

type CardTask = PropertyValues & Checked & Pick<TaskView, "commentCount" | "completedAt">;

/** What a card's other facts leave to its labels in their row. */
export function widthForLabels(
  task: CardTask,
  { width, subtasks }: { width: number; subtasks?: { done: number; total: number } },
  widthOf = textWidth,
): number {
  const now = new Date();
  const texts = [
    ...cardProperties.map(({ card }) => card.words(task, now)),
    subtasks && `${subtasks.done}/${subtasks.total}`,
    checklistWords(task),
    task.commentCount > 0 && String(task.commentCount),
  ].filter((text) => typeof text === "string");
  const taken = texts.reduce((sum, text) => sum + icon + widthOf(text) + metaGap, 0);
  return width - insetX - taken;
}
