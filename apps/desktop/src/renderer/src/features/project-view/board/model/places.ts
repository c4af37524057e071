/** Where a card goes: between which neighbours, by which key, at which height of the pointer. */
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { type BoardModel, type Place, stackAt } from "./board-model.ts";

export type Direction = "up" | "down" | "left" | "right";

/** What stands around position `index` of a column once the moved card is taken out of it. */
export function neighboursAt(stack: readonly TaskView[], index: number, movedId: string) {
  const others = stack.filter(({ id }) => id !== movedId);
  return { after: others[index - 1], before: others[index] };
}

type Card = { start: number; end: number };

/**
 * The gap that the pointer is nearest to, as a number of cards above it, counting all cards of the
 * column; `y` is measured from where the first card starts.
 */
export function gapAt(cards: readonly Card[], y: number): number {
  let low = 0;
  let high = cards.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const card = cards[middle];
    if (card && y > (card.start + card.end) / 2) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A gap as the position that the moved card will have; null when it stands there already. */
export function positionInGap(stack: readonly TaskView[], gap: number, movedId: string) {
  const own = stack.findIndex(({ id }) => id === movedId);
  if (own < 0) return gap;
  if (gap === own || gap === own + 1) return null;
  return gap > own ? gap - 1 : gap;
}

/** The columns that are open, in the order in which they are drawn: what arrows walk over. */
type Open = { model: BoardModel; statusIds: readonly string[] };

/** The card that an arrow leads to; the first card of all when none was chosen. */
export function stepFrom(open: Open, from: Place | null, direction: Direction): Place | null {
  if (!from) return firstCard(open);
  if (direction === "up" || direction === "down") return stepInLane(open, from, direction);
  const columns = direction === "right" ? open.statusIds : open.statusIds.toReversed();
  const beyond = columns.slice(columns.indexOf(from.statusId) + 1);
  for (const statusId of beyond) {
    const count = stackAt(open.model, { laneId: from.laneId, statusId }).length;
    if (count > 0) return { ...from, statusId, index: Math.min(from.index, count - 1) };
  }
  return null;
}

function firstCard({ model, statusIds }: Open): Place | null {
  for (const { id: laneId } of model.lanes) {
    for (const statusId of statusIds) {
      if (stackAt(model, { laneId, statusId }).length > 0) return { laneId, statusId, index: 0 };
    }
  }
  return null;
}

/** Past the end of a lane the walk goes on in the next one that has cards in this column. */
function stepInLane({ model }: Open, from: Place, direction: "up" | "down"): Place | null {
  const index = from.index + (direction === "down" ? 1 : -1);
  if (index >= 0 && index < stackAt(model, from).length) return { ...from, index };
  const lanes = direction === "down" ? model.lanes : model.lanes.toReversed();
  const beyond = lanes.slice(lanes.findIndex(({ id }) => id === from.laneId) + 1);
  for (const { id: laneId } of beyond) {
    const count = stackAt(model, { ...from, laneId }).length;
    if (count > 0) return { ...from, laneId, index: direction === "down" ? 0 : count - 1 };
  }
  return null;
}

/** Where shift and an arrow put a card: one up or down, or into the next column at this height. */
export function shiftFrom(open: Open, from: Place, direction: Direction): Place | null {
  if (direction === "up" || direction === "down") {
    const index = from.index + (direction === "down" ? 1 : -1);
    return index < 0 || index >= stackAt(open.model, from).length ? null : { ...from, index };
  }
  const at = open.statusIds.indexOf(from.statusId) + (direction === "right" ? 1 : -1);
  const statusId = open.statusIds[at];
  if (statusId === undefined) return null;
  const count = stackAt(open.model, { laneId: from.laneId, statusId }).length;
  return { ...from, statusId, index: Math.min(from.index, count) };
}
