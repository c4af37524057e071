/**
 * The quick way, for a WebSocket: tRPC authorises and catches up, then the workspace's room writes
 * ready frames to the socket, and this generator only waits for the end. See core/ready-frames.ts.
 */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { ChangeMessage } from "../core/change-message.ts";
import type { ActorContext } from "../core/context.ts";
import { Handover, type Wire } from "../core/ready-frames.ts";
import { catchUp } from "./catch-up.ts";
import type { FollowInput } from "./follow.ts";
import { Guard } from "./guard.ts";
import type { Reset } from "./reset.ts";

const OUTAGE_MS = 500;
const MAX_UNSENT = 256 * 1024;
const DRAIN_LOOK_MS = 50;

export async function* followByWire(
  ctx: ActorContext,
  wire: Wire,
  input: FollowInput,
  signal: AbortSignal,
): AsyncGenerator<ChangeMessage | Reset | Handover> {
  const { feed, live } = ctx.services;
  const { workspaceId } = input;
  const { user, credential } = ctx.actor;
  const guard = new Guard(ctx, workspaceId);
  await guard.check();
  const guest = await live.enter(workspaceId);
  try {
    const caughtUp = yield* catchUp({
      ctx,
      guard,
      workspaceId,
      lastEventId: input.lastEventId,
      epoch: input.epoch,
      signal,
      isEnough: (last) => feed.remembered(workspaceId, last) !== null,
      drained: async () => {
        while (wire.unsent() > MAX_UNSENT && !signal.aborted) await delay(DRAIN_LOOK_MS);
      },
      pause: () => delay(OUTAGE_MS, undefined, { signal }),
    });
    const cursor = caughtUp.seq;
    yield new Handover(cursor, caughtUp, (request) =>
      guest.sit({ userId: user.id, credential, wire, request, cursor }),
    );
    if (!signal.aborted) await Promise.race([once(signal, "abort"), guest.ended]);
  } finally {
    guest.leave();
  }
}
