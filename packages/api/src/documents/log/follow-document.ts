/**
 * What a client missed of a document since its cursor, and then what is written, as it is written.
 *
 * It first listens, then reads, then is brought what follows, and what it has is dropped by number:
 * reading first and then listening would leave a hole between the two.
 */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { patiently } from "../../changes/catch-up.ts";
import { loadDocument } from "../../core/access.ts";
import type { ActorContext } from "../../core/context.ts";
import type { LogEvent } from "../../core/document-log.ts";
import { notFound } from "../../core/errors.ts";
import { Handover } from "../../core/ready-frames.ts";
import { readLog, readLogCursor } from "./read-log.ts";

const OUTAGE_MS = 500;
const MAX_UNSENT = 256 * 1024;
const DRAIN_LOOK_MS = 20;

export type FollowDocument = {
  documentId: string;
  lastEventId?: number | null | undefined;
  epoch?: string | null | undefined;
};

export async function* followDocument(
  ctx: ActorContext,
  input: FollowDocument,
  signal: AbortSignal,
): AsyncGenerator<LogEvent | Handover> {
  const document = await loadDocument(
    ctx.services.db,
    ctx.actor.user.id,
    input.documentId,
    "viewer",
  );
  if (document.kind !== "document") throw notFound("document");
  const follower = await ctx.services.documentLog.enter(document, ctx.actor);
  try {
    const live = yield* catchUp(ctx, input, signal);
    const cursor = live.seq;
    const { wire } = ctx;
    if (wire) {
      yield new Handover(cursor, live, (request) => follower.sitAtWire({ wire, request, cursor }));
      if (!signal.aborted) await Promise.race([once(signal, "abort"), follower.ended]);
    } else {
      yield live;
      if (!signal.aborted) yield* untilAborted(follower.sit(cursor), signal);
    }
  } finally {
    follower.leave();
  }
}

async function* catchUp(ctx: ActorContext, input: FollowDocument, signal: AbortSignal) {
  const { db } = ctx.services;
  const { documentId } = input;
  const pause = () => delay(OUTAGE_MS, undefined, { signal });
  const place = await patiently(() => readLogCursor(db, documentId), pause);
  if (!place) throw notFound("document");
  const { epoch } = place;
  let seq = input.lastEventId ?? 0;
  if (seq > place.seq || (input.epoch && input.epoch !== epoch)) {
    yield { kind: "reset", seq: 0, epoch } satisfies LogEvent;
    seq = 0;
  }
  while (!signal.aborted) {
    // Each page on a right of its own: a slow reader may take long for the one before.
    const ask = async () => {
      await loadDocument(db, ctx.actor.user.id, documentId, "viewer");
      return readLog(db, documentId, seq);
    };
    const piece = await patiently(ask, pause);
    if (!piece) break;
    seq = piece.seq;
    yield { kind: "updates", ...piece } satisfies LogEvent;
    while ((ctx.wire?.unsent() ?? 0) > MAX_UNSENT && !signal.aborted) await delay(DRAIN_LOOK_MS);
  }
  return { kind: "live", seq, epoch } satisfies LogEvent;
}

/** Ends with the signal also while nothing comes. */
export async function* untilAborted<T>(events: AsyncIterable<T>, signal: AbortSignal) {
  const iterator = events[Symbol.asyncIterator]();
  const aborted = once(signal, "abort").then(() => null);
  for (;;) {
    const next = await Promise.race([iterator.next(), aborted]);
    if (!next || next.done || signal.aborted) return;
    yield next.value;
  }
}
