import type { Change } from "../core/change.ts";

/** Tells the client that its cursor means nothing here: read everything afresh, go on from `seq`. */
export type Reset = { seq: number; entity: "reset"; op: "reset"; epoch: string };

/**
 * Tells the client that it has all there was up to `seq`. It carries the cursor also to who came
 * without one, so that a connection lost before the first change leaves no hole.
 */
export type Live = { seq: number; entity: "live"; op: "live"; epoch: string };

export type FeedEvent = Change | Reset | Live;

type Cursor = { seq: number; epoch: string; floor: number };

/** Null when the feed can go on from `after`. */
export function resetTo(cursor: Cursor, after: number, epoch: string | null | undefined) {
  const fits = after >= cursor.floor && after <= cursor.seq && (!epoch || epoch === cursor.epoch);
  if (fits) return null;
  return { seq: cursor.seq, entity: "reset", op: "reset", epoch: cursor.epoch } satisfies Reset;
}
