import type { Duplex } from "node:stream";
import { NOTHING, type RequestId, type SocketSink } from "@guildhall/api/server";
import { WebSocket } from "ws";

const MB = 1024 * 1024;
/** How long a client may take to say goodbye; it reads nothing, so it seldom does. */
const FAREWELL_MS = 1_000;

/** "Try again later" (RFC 6455): standard clients come back, and go on from their cursor. */
export const TRY_AGAIN_LATER = 1013;

export type SocketSinkOptions = {
  encoding: SocketSink["encoding"];
  maxSubscriptions: number;
  /** Unsent bytes at which a reader that does not keep up is terminated. */
  maxUnsentBytes?: number;
  onTerminate?: () => void;
};

/**
 * What the live engine writes to: the socket itself, past `ws.send`. It is terminated as well when
 * tRPC's own answers pile up; what lay unsent before a message counts, so that one large answer to a
 * quick reader passes.
 */
export function createSocketSink(client: WebSocket, socket: Duplex, options: SocketSinkOptions) {
  const limit = options.maxUnsentBytes ?? MB;
  const subscriptions = new Set<RequestId>();
  let isTerminated = false;
  const terminate = () => {
    if (isTerminated) return;
    isTerminated = true;
    options.onTerminate?.();
    client.close(TRY_AGAIN_LATER, "Too far behind. Come back with your cursor.");
    setTimeout(() => client.terminate(), FAREWELL_MS).unref();
  };
  const isOpen = () => {
    if (client.readyState !== WebSocket.OPEN || isTerminated) return false;
    if (client.bufferedAmount <= limit) return true;
    terminate();
    return false;
  };
  const send = client.send;
  client.send = ((...args: Parameters<typeof send>) => {
    if (args[0] !== NOTHING && isOpen()) Reflect.apply(send, client, args);
  }) as typeof send;
  const sink: SocketSink = {
    encoding: options.encoding,
    subscriptions,
    maxSubscriptions: options.maxSubscriptions,
    unsent: () => client.bufferedAmount,
    write: (frames) => {
      if (isOpen()) socket.write(frames);
    },
    terminate,
  };
  return { sink, subscriptions };
}
