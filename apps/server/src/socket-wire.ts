import type { Duplex } from "node:stream";
import type { RequestId, Wire } from "@guildhall/api/server";
import { WebSocket } from "ws";

const MB = 1024 * 1024;
/** How long a client that is let go may take to say goodbye; it reads nothing, so it seldom does. */
const FAREWELL_MS = 1_000;

/** "Try again later" (RFC 6455): standard clients come back, and go on from their cursor. */
export const TRY_AGAIN_LATER = 1013;

export type SocketWireOptions = {
  encoding: Wire["encoding"];
  maxSubscriptions: number;
  /** Unsent bytes at which a reader that does not keep up is let go. */
  maxUnsentBytes?: number;
  onLetGo?: () => void;
};

/**
 * What the hub of live changes writes to: the socket itself, past `ws.send`. `client` is told to
 * let go as well when tRPC's own answers pile up; what lay unsent before a message counts, so that
 * one large answer to a quick reader passes.
 */
export function createSocketWire(client: WebSocket, socket: Duplex, options: SocketWireOptions) {
  const limit = options.maxUnsentBytes ?? MB;
  const subscriptions = new Set<RequestId>();
  let isLetGo = false;
  const letGo = () => {
    if (isLetGo) return;
    isLetGo = true;
    options.onLetGo?.();
    client.close(TRY_AGAIN_LATER, "Too far behind. Come back with your cursor.");
    setTimeout(() => client.terminate(), FAREWELL_MS).unref();
  };
  const isOpen = () => {
    if (client.readyState !== WebSocket.OPEN || isLetGo) return false;
    if (client.bufferedAmount <= limit) return true;
    letGo();
    return false;
  };
  const send = client.send;
  client.send = ((...args: Parameters<typeof send>) => {
    if (isOpen()) Reflect.apply(send, client, args);
  }) as typeof send;
  const wire: Wire = {
    encoding: options.encoding,
    subscriptions,
    maxSubscriptions: options.maxSubscriptions,
    unsent: () => client.bufferedAmount,
    write: (frames) => {
      if (isOpen()) socket.write(frames);
    },
    letGo,
  };
  return { wire, subscriptions };
}
