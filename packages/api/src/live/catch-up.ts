/** What a subscriber missed since their cursor, from Postgres, page by page at their own pace. */
import { setTimeout as delay } from "node:timers/promises";
import { notFound } from "../core/errors.ts";
import { asDatabaseFailure } from "../core/write.ts";
import { MAX_UNSENT } from "./broadcaster.ts";
import { EncodedBatch } from "./encoded-batch.ts";
import type { Cursor, LogChannel, LogPosition } from "./log-channel.ts";
import type { Membership } from "./membership.ts";
import { OUTAGE_MS, type Permission, type PermissionCache } from "./permission-cache.ts";
import type { Numbered } from "./recent.ts";
import type { Sink } from "./sink.ts";

/** A page rides on an answer about rights that is at most so old. */
const RIGHTS_AGE_MS = 1_000;
const DRAIN_POLL_MS = 20;

export type CatchUp = { membership: Membership; from: Cursor; sink: Sink };

type Needs<Entry extends Numbered, P extends Permission> = {
  channel: LogChannel<Entry, P>;
  permissions: PermissionCache<P>;
};

/** Where memory has the rest; up to `end` there was something when the subscription began. */
export type CaughtUp = { cursor: number; end: number; epoch: string };

/** Gives what was missed and is not in memory. Null when the subscription ended meanwhile. */
export async function catchUp<Entry extends Numbered, P extends Permission>(
  { membership, from, sink }: CatchUp,
  { channel, permissions }: Needs<Entry, P>,
): Promise<CaughtUp | null> {
  const { config, log } = channel;
  const { userId } = membership;
  const patiently = <T>(ask: () => Promise<T>) => askPatiently(ask, membership);
  let { lastEventId: last, epoch } = from;
  for (let isFirst = true; ; isFirst = false) {
    const position = await patiently(config.readPosition);
    if (!position) throw notFound(config.what);
    if (!fits(position, last, epoch)) {
      last = config.startOf(position);
      sink.put(new EncodedBatch([config.reset(last, position.epoch)]));
    } else if (!isFirst) {
      // A hole that the position does not explain: it is not mended by asking faster.
      await delay(OUTAGE_MS);
    }
    last ??= config.startOf(position);
    epoch = position.epoch;
    for (;;) {
      if (membership.isOver) return null;
      const after: number = last;
      if (log.recent.reaches(after)) return { cursor: after, end: position.seq, epoch };
      const page = await patiently(() => config.read(after));
      // The oldest were cleared away while we read; the position tells where the log begins now.
      // Below that single entries may be left, as history: only a page without any gap is one.
      const newest = page.at(-1)?.seq;
      if (newest === undefined || (config.isGapless && newest > after + page.length)) break;
      if (config.changesRights(page)) permissions.invalidate(userId);
      await patiently(() => permissions.settle({ maxAgeMs: RIGHTS_AGE_MS, userId }));
      await patiently(() => config.prepare(page));
      const permission = permissions.known.get(userId);
      // Invalidated once more meanwhile: the same page is read again.
      if (!permission || membership.isOver) continue;
      const batch = config.encode(page, permission)(userId);
      if (batch) sink.put(batch);
      last = newest;
      while (sink.unsent() > MAX_UNSENT && !membership.isOver) await delay(DRAIN_POLL_MS);
    }
  }
}

/** Whether the log can go on from there. */
export function fits(
  { seq, floor, epoch }: LogPosition,
  after: number | null | undefined,
  of: string | null | undefined,
): boolean {
  if (of && of !== epoch) return false;
  return after === null || after === undefined || (after >= floor && after <= seq);
}

/** Again and again while the database is away: an open subscription outlives that. */
async function askPatiently<T>(ask: () => Promise<T>, membership: Membership): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!asDatabaseFailure(error) || membership.isOver) throw error;
      await delay(OUTAGE_MS);
    }
  }
}
