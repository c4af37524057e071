import type { Change } from "../core/change.ts";

/** Tells the client that its cursor means nothing here: read everything afresh, go on from `seq`. */
export type Reset = { seq: number; entity: "reset"; op: "reset"; epoch: string };

export type FeedEvent = Change | Reset;

type Cursor = { seq: number; epoch: string; floor: number };

/** Null when the feed can go on from `after`. */
export function resetTo(cursor: Cursor, after: number, epoch: string | null | undefined) {
  const fits = after >= cursor.floor && after <= cursor.seq && (!epoch || epoch === cursor.epoch);
  if (fits) return null;
  return { seq: cursor.seq, entity: "reset", op: "reset", epoch: cursor.epoch } satisfies Reset;
}
