/**
 * The height of a board card, known before it is drawn.
 *
 * A virtual column of thousands of cards needs each height in advance. Measuring what was drawn
 * makes the column jump while it scrolls; one height for all leaves holes under short titles. A
 * title takes at most two lines, so one question decides: does it fit into the first? The canvas
 * answers it with the font's own widths, some microseconds a title, each title once.
 */
import type { TaskView } from "@/sync/shapes.ts";

const padding = 20;
const keyRow = 20;
const titleLine = 18;
const titleGap = 4;
const metaRow = 28;
const border = 2;

/** Between the card's edges and its text, both sides together. */
const insetX = 26;

type Measured = Pick<TaskView, "title" | "priority" | "labelIds" | "dueDate" | "commentCount">;

export function titleLines(title: string, cardWidth: number, widthOf = textWidth): 1 | 2 {
  return widthOf(title) > cardWidth - insetX ? 2 : 1;
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

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;

function textWidth(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return Number.POSITIVE_INFINITY;
  context.font = '500 13px "Inter Variable", system-ui, sans-serif';
  const width = context.measureText(text).width;
  // Widths taken with the fallback font would stay wrong for the whole session.
  if (document.fonts.check(context.font)) widths.set(text, width);
  return width;
}
