/**
 * A change reaches its subscriber once, and after every older one.
 *
 * A client that moves to another worker listens on both sockets until the new one has caught up, and
 * drops what the old one had brought before. When it is asked to move again before that is over, as
 * in a rolling restart, @trpc/client 11.25 forgets which those were (`handOff` starts a new
 * `overlapEventIds`), and brings them again. So whoever brings what: what is not newer is dropped.
 */
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { FeedEvent } from "../live/protocol.ts";
import type { AppRouter } from "../router.ts";

export const eachOnce: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.path !== "changes.onChange") return next(op);
    return observable((observer) => {
      let last = -1;
      return next(op).subscribe({
        ...observer,
        next(envelope) {
          const event = eventOf(envelope.result);
          // Another feed begins with a reset, perhaps at a lower number.
          if (event?.entity === "reset") last = event.seq;
          else if (event && event.entity !== "live") {
            if (event.seq <= last) return;
            last = event.seq;
          }
          observer.next(envelope);
        },
      });
    });
  };

/** Null for what tRPC itself says: that it started, or is connecting. */
function eventOf(result: { type?: string; data?: unknown }): FeedEvent | null {
  if (result.type !== undefined && result.type !== "data") return null;
  const envelope = result.data as { data: FeedEvent } | undefined;
  return envelope?.data ?? null;
}
