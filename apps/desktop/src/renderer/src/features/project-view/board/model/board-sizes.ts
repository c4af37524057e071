import { taskCardHeight } from "@/entities/tasks/card/task-card-height.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { SubtaskCounts } from "@/features/project-view/query/subtasks.ts";

/** The board's measures in pixels. Cards are placed by their numbers, so their width is known. */
export const COLUMN_GAP = 10;
export const BOARD_PADDING = 12;
export const COLLAPSED_WIDTH = 40;
export const CARD_INSET = 8;
export const CARD_GAP = 8;
/** What a refused edit adds to its card. */
const FAILURE_HEIGHT = 62;

const NARROWEST = 256;
const WIDEST = 340;

/** As wide as the window allows, so that the usual four or five columns fill it. */
export function columnWidth(board: number, open: number, collapsed: number): number {
  const gaps = (open + collapsed - 1) * COLUMN_GAP;
  const space = board - 2 * BOARD_PADDING - gaps - collapsed * COLLAPSED_WIDTH;
  return Math.floor(Math.min(WIDEST, Math.max(NARROWEST, space / Math.max(open, 1))));
}

/** Six pixels where a scrollbar can be shaped, so that it stands within the column's padding. */
export const SLIM_SCROLLBAR =
  "[scrollbar-color:auto] [scrollbar-width:auto] [&::-webkit-scrollbar]:w-1.5 [&::-webkit-scrollbar-thumb]:rounded-full [&::-webkit-scrollbar-thumb]:bg-line-strong";

let gutter: number | null = null;

/** What the scrollbar takes: nothing where it lies over the content, some pixels elsewhere. */
function scrollbarWidth(): number {
  if (gutter !== null) return gutter;
  const probe = document.createElement("div");
  probe.className = `absolute w-12 overflow-y-scroll ${SLIM_SCROLLBAR}`;
  document.body.append(probe);
  gutter = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return gutter;
}

/** Right of the cards, inside the column: the scrollbar stands in the padding, not beside it. */
export const endPadding = () => Math.max(2, CARD_INSET - scrollbarWidth());

export const cardWidthIn = (column: number) =>
  column - CARD_INSET - endPadding() - scrollbarWidth();

export function cardHeight(task: TaskView | undefined, width: number, subtasks: SubtaskCounts) {
  if (!task) return 0;
  const look = { width, subtasks: subtasks.get(task.id)?.total ?? 0 };
  return taskCardHeight(task, look) + (task.edit?.state === "failed" ? FAILURE_HEIGHT : 0);
}

export const stackHeight = (
  tasks: readonly TaskView[],
  width: number,
  subtasks: SubtaskCounts,
): number =>
  tasks.reduce((sum, task) => sum + cardHeight(task, width, subtasks) + CARD_GAP, 0) - CARD_GAP;
