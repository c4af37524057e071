import { maySee } from "../core/audiences.ts";
import type { ChangeMessage } from "../core/change-message.ts";
import type { ActorContext } from "../core/context.ts";
import { readCursor } from "../core/feed.ts";
import { touchesRights } from "../core/room.ts";
import { asDatabaseFailure } from "../core/write.ts";
import type { Guard } from "./guard.ts";
import { type Live, type Reset, resetTo } from "./reset.ts";

export type CatchUp = {
  ctx: ActorContext;
  guard: Guard;
  workspaceId: string;
  lastEventId: number | null | undefined;
  epoch: string | null | undefined;
  signal: AbortSignal;
  /** Whether what follows `last` comes from somewhere else. */
  isEnough: (last: number) => boolean;
  /** Waits while the reader has much before it that it has not taken. */
  drained: () => Promise<void>;
  /** Waits a moment, while the database is away; throws once nobody waits for it any more. */
  pause: () => Promise<void>;
};

/**
 * What was missed since the cursor, page by page, as far as this person may see it. Returns the word
 * that they have it all, with the place from which to go on.
 */
export async function* catchUp(how: CatchUp): AsyncGenerator<ChangeMessage | Reset, Live> {
  const { db, feed } = how.ctx.services;
  const { workspaceId } = how;
  const place = () => patiently(() => readCursor(db, workspaceId), how.pause);
  let cursor = await place();
  let last = how.lastEventId ?? cursor.seq;
  let { epoch } = how;
  for (let isFirst = true; ; isFirst = false, cursor = await place()) {
    const reset = resetTo(cursor, last, epoch);
    if (reset) {
      yield reset;
      last = reset.seq;
    } else if (!isFirst) {
      // A hole that the cursor does not explain: whatever it is, it is not mended by asking faster.
      await how.pause();
    }
    epoch = cursor.epoch;
    for (;;) {
      if (how.signal.aborted || how.isEnough(last)) return liveAt(last, epoch);
      const after = last;
      const page: ChangeMessage[] = await patiently(() => feed.read(workspaceId, after), how.pause);
      const newest = page.at(-1);
      // The oldest were cleared away while we read; the cursor tells where the feed begins now.
      // Below that single changes may be left, as history: only a page without any gap is one.
      const hasHole = newest
        ? newest.seq > last + page.length
        : last < (feed.position(workspaceId) ?? 0);
      if (hasHole) break;
      if (!newest) return liveAt(last, epoch);
      yield* seen(how, page);
      last = newest.seq;
      await how.drained();
    }
  }
}

const liveAt = (seq: number, epoch: string): Live => ({ seq, entity: "live", op: "live", epoch });

/** Those of a page that this person may see now. */
export async function* seen(
  { ctx, guard, workspaceId, pause }: Pick<CatchUp, "ctx" | "guard" | "workspaceId" | "pause">,
  page: ChangeMessage[],
): AsyncGenerator<ChangeMessage> {
  if (page.some(touchesRights)) guard.doubt();
  const sight = await patiently(() => guard.check(), pause);
  await patiently(() => ctx.services.feed.place(workspaceId, page), pause);
  for (const message of page) if (maySee(sight, ctx.actor.user.id, message)) yield message;
}

/** Again and again while the database is away: an open subscription outlives that. */
export async function patiently<T>(ask: () => Promise<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!asDatabaseFailure(error)) throw error;
      await pause();
    }
  }
}
