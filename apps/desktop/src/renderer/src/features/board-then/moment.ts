/** A moment in the address: the number of a change, or a time. */
import type { Moment } from "./use-board-at.ts";

const DAY_MS = 86_400_000;

/** Yesterday at this time when the address says none. */
export function readMoment(text: unknown, now: Date): Moment {
  const written = typeof text === "number" ? String(text) : text;
  if (typeof written === "string" && /^\d{1,15}$/.test(written)) return { seq: Number(written) };
  const at = new Date(typeof written === "string" ? written : "");
  if (!Number.isNaN(at.getTime())) return { at };
  const yesterday = new Date(now.getTime() - DAY_MS);
  yesterday.setSeconds(0, 0);
  return { at: yesterday };
}

/** As a field for day and time has it, in the viewer's own zone. */
export function fieldValue(at: Date): string {
  const own = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return own.toISOString().slice(0, 16);
}
