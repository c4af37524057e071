import { once } from "node:events";
import { tracked } from "@trpc/server";
import type { Context } from "../core/context.ts";
import { outdatedClient } from "../core/errors.ts";
import { SocketTakeover } from "../core/socket.ts";
import type { Subscription } from "./membership.ts";
import { PROTOCOL_VERSION } from "./protocol.ts";
import { MemorySink, RequestSink } from "./sink.ts";

type Where = Pick<Context, "socket" | "protocolVersion"> & { signal: AbortSignal | undefined };

/**
 * What a subscription procedure yields. To a socket the engine writes by itself, and all there is to
 * yield is that it takes over; the type is that of the events which the client gets either way.
 */
export async function* serve<Event>(
  subscription: Subscription,
  { socket, protocolVersion, signal = new AbortController().signal }: Where,
): AsyncGenerator<Event> {
  const { ended, start, leave } = subscription;
  try {
    if (protocolVersion !== PROTOCOL_VERSION) throw outdatedClient();
    if (signal.aborted) return;
    const over = Promise.race([once(signal, "abort"), ended]);
    // Nobody may be waiting for it when it comes.
    over.catch(() => {});
    if (socket) {
      yield new SocketTakeover((request) => start(new RequestSink(socket, request))) as Event;
      if (!signal.aborted) await over;
      return;
    }
    const sink = new MemorySink();
    start(sink);
    for await (const { id, event } of sink.events(over)) {
      yield (id === null ? event : tracked(id, event)) as Event;
    }
  } finally {
    leave();
  }
}
