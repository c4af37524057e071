/**
 * The height of a board card, known before it is drawn, and what of its title stands on it.
 *
 * A virtual column of thousands of cards needs each height in advance. Measuring what was drawn
 * makes the column jump while it scrolls; one height for all leaves holes under short titles. A
 * title takes at most two lines, so one question decides: does it fit into the first? The sum of its
 * letters' widths answers for most titles; where it is near, an element with the title's own look is
 * asked, since a sum knows nothing of zoom, fallback fonts and where a line may break.
 */

import type { PropertyValues } from "@/entities/tasks/properties/property-view.ts";
import { cardProperties } from "@/entities/tasks/properties/property-views.tsx";
import { linesIn, textWidth } from "@/entities/tasks/properties/text-width.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { wordSegmenter } from "@/lib/locale.ts";

const padding = 20;
const keyRow = 20;
export const titleLine = 18;
const titleGap = 4;
const metaRow = 28;
const border = 2;

/** Between the card's edges and its text, both sides together. */
export const insetX = 26;

type Measured = PropertyValues & Pick<TaskView, "commentCount" | "completedAt" | "checklistTotal">;

/** How texts are measured; another way in tests. */
type Measure = {
  widthOf: (text: string) => number;
  linesIn: (text: string, width: number) => number;
};
const onPage: Measure = { widthOf: textWidth, linesIn };

export const titleWidth = (cardWidth: number) => cardWidth - insetX;

export function titleLines(title: string, cardWidth: number, measure = onPage): 1 | 2 {
  const space = titleWidth(cardWidth);
  const isWider = roughly(title, space, measure.widthOf) ?? measure.linesIn(title, space) > 1;
  return isWider ? 2 : 1;
}

/**
 * Whether a title is wider than the room, by the sum of its letters; null when it is too near to
 * tell. Letters in a row are not as wide as alone, and zoom rounds them, hence the margins. Asking
 * for each of ten thousand titles as a whole takes seconds, this takes ten milliseconds.
 */
function roughly(title: string, space: number, widthOf: Measure["widthOf"]): boolean | null {
  let width = 0;
  for (let at = 0; at < title.length; at++) {
    const code = title.charCodeAt(at);
    // Scripts whose letters join, and signs of several codes, have no width of their own.
    if (code >= 0x300 && !(code >= 0x3000 && code < 0xa000)) return null;
    width += widthOf(title.charAt(at));
    if (width * 0.92 > space) return true;
  }
  return width * 1.08 < space ? false : null;
}

/** What stands on the card: the title, or as many whole words of it as two lines take. */
export function shownTitle(title: string, cardWidth: number, measure = onPage): string {
  const space = titleWidth(cardWidth);
  const fits = (text: string) => measure.linesIn(text, space) <= 2;
  if (titleLines(title, cardWidth, measure) === 1 || fits(title)) return title;
  const words = [...wordSegmenter.segment(title)];
  const ends = words.flatMap((w) => (w.isWordLike ? [w.index + w.segment.length] : []));
  // A word of its own that is longer than the card can only be cut within.
  const letters = [...title].map((_, at, all) => all.slice(0, at + 1).join("").length);
  const end =
    lastThat(ends, (at) => fits(cutAt(title, at))) ??
    lastThat(letters, (at) => fits(cutAt(title, at)));
  return cutAt(title, end ?? 0);
}

const cutAt = (title: string, end: number) => `${title.slice(0, end)}…`;

/** The last of the values, in order, for which it holds; it holds for none after the first for which it does not. */
function lastThat(
  values: readonly number[],
  holds: (value: number) => boolean,
): number | undefined {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(values[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return values[low - 1];
}

export function hasMeta(task: Measured, subtasks: number): boolean {
  const now = new Date();
  return (
    task.labelIds.length > 0 ||
    subtasks > 0 ||
    task.checklistTotal > 0 ||
    task.commentCount > 0 ||
    cardProperties.some(({ card }) => card.words(task, now) !== null)
  );
}

type Look = { width: number; subtasks: number };

export function taskCardHeight(
  task: Measured,
  { width, subtasks }: Look,
  measure = onPage,
): number {
  const lines = titleLines(task.title, width, measure) * titleLine;
  const meta = hasMeta(task, subtasks) ? metaRow : 0;
  return border + padding + keyRow + titleGap + lines + meta;
}
