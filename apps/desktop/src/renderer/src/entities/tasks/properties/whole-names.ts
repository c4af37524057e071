/** Which labels of a task are shown by name where there is little room: whole names, or dots. */

import { textWidth } from "./text-width.ts";

/** A chip without its name, and at most: see ui/chip.tsx. */
const chipInset = 30;
const chipMax = 160;
const gap = 4;
/** Cut off, a single name still says more than its dot. */
const leastChip = 64;

const dotsWidth = (count: number) => 10 + 12 * count;

/** How many of the names fit whole, with room left for the others' dots. */
export function wholeNames(names: readonly string[], space: number, widthOf = textWidth): number {
  const widths = names.map((name) => Math.min(chipInset + widthOf(name), chipMax));
  for (let count = names.length; count > 0; count--) {
    const dots = count < names.length ? gap + dotsWidth(names.length - count) : 0;
    const chips = widths.slice(0, count).reduce((sum, width) => sum + width + gap, -gap);
    if (chips + dots <= space) return count;
  }
  return names.length === 1 && space >= leastChip ? 1 : 0;
}
