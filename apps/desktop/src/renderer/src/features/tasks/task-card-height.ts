/**
 * The height of a board card, known before it is drawn.
 *
 * A virtual column of thousands of cards needs each height in advance. Measuring what was drawn
 * makes the column jump while it scrolls; one height for all leaves holes under short titles. A
 * title takes at most two lines, so one question decides: does it fit into the first? The canvas
 * answers it with the font's own widths, some microseconds a title, each title once.
 */
import type { TaskView } from "@/sync/shapes.ts";
import { textWidth } from "./text-width.ts";

const padding = 20;
const keyRow = 20;
const titleLine = 18;
const titleGap = 4;
const metaRow = 28;
const border = 2;

/** Between the card's edges and its text, both sides together. */
export const insetX = 26;

type Measured = Pick<TaskView, "title" | "priority" | "labelIds" | "dueDate" | "commentCount">;

export function titleLines(title: string, cardWidth: number, widthOf = textWidth): 1 | 2 {
  const room = cardWidth - insetX;
  const guess = roughly(title, room, widthOf);
  return (guess ?? widthOf(title) > room) ? 2 : 1;
}

/**
 * Whether a title is wider than the room, by the sum of its letters; null when it is too near to
 * tell. Letters in a row are a little closer than alone, hence the margin. Measuring each of ten
 * thousand titles as a whole takes 150 ms, this takes ten.
 */
function roughly(title: string, room: number, widthOf: typeof textWidth): boolean | null {
  let width = 0;
  for (let at = 0; at < title.length; at++) {
    const code = title.charCodeAt(at);
    // Scripts whose letters join, and signs of several codes, have no width of their own.
    if (code >= 0x300 && !(code >= 0x3000 && code < 0xa000)) return null;
    width += widthOf(title.charAt(at));
    if (width * 0.95 > room) return true;
  }
  return width < room * 0.98 ? false : null;
}

export function hasMeta(task: Measured, subtasks: number): boolean {
  return (
    task.priority !== "none" ||
    task.labelIds.length > 0 ||
    task.dueDate !== null ||
    subtasks > 0 ||
    task.commentCount > 0
  );
}

type Look = { width: number; subtasks: number };

export function taskCardHeight(
  task: Measured,
  { width, subtasks }: Look,
  widthOf = textWidth,
): number {
  const lines = titleLines(task.title, width, widthOf) * titleLine;
  const meta = hasMeta(task, subtasks) ? metaRow : 0;
  return border + padding + keyRow + titleGap + lines + meta;
}
