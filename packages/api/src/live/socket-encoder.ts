/**
 * How the engine gets hold of a socket, and still serves standard tRPC clients.
 *
 * Problem: tRPC's own way to a subscriber (an async generator, a race with the abort, the
 * transformer, the encoder, `ws.send`) costs 8 to 10 times what the socket costs, for each of them.
 * Naive answer: a WebSocket protocol of our own beside tRPC. Then the client is not a standard one,
 * and authorisation, abort and resumption exist twice.
 * Choice: tRPC owns the subscription's life. It authorises, and then yields one `SocketTakeover`. The
 * transformer lets that pass, and the encoder, which is made for each socket, is where socket and
 * request id are seen together: it starts the subscription, which writes ready frames to the socket,
 * and gives tRPC nothing to send. Where there is no socket (a call in process, server-sent events)
 * the same subscription fills a sink in memory instead.
 *
 * Frames are written past `ws.send`; that is safe because nothing is compressed and `ws` writes
 * whole frames synchronously.
 */
import { pack } from "msgpackr";
import { type Encoding, type RequestId, SocketTakeover } from "../core/socket.ts";

type Message = { id?: RequestId | null; method?: string; error?: unknown; result?: Result };
type Result = { type?: string; data?: unknown };

/** What the encoder makes of a takeover; the socket leaves it out. */
export const NOTHING = "";

/**
 * The encoder of one socket. What comes in is JSON in either case: a few bytes of msgpack from a
 * stranger may cost a decoder hundreds of megabytes, and a client sends little more than
 * "subscribe". `subscriptions` is kept up to date for `SocketSink`.
 */
export function createSocketEncoder(encoding: Encoding, subscriptions: Set<RequestId>) {
  const write = (message: unknown) =>
    encoding === "json" ? JSON.stringify(message) : new Uint8Array(pack(message));
  const note = ({ id, method }: Message) => {
    if (method === "subscription" && id != null) subscriptions.add(id);
  };
  return {
    encode(message: unknown): string | Uint8Array<ArrayBuffer> {
      const { id, result, error } = message as Message;
      if (id != null && (error !== undefined || result?.type === "stopped")) {
        subscriptions.delete(id);
      }
      const data = result?.data;
      if (!(data instanceof SocketTakeover) || id == null) return write(message);
      data.start(id);
      return NOTHING;
    },
    decode(data: string | ArrayBuffer | Uint8Array): unknown {
      if (typeof data !== "string") throw new Error("Send text frames of JSON.");
      const message: unknown = JSON.parse(data);
      for (const each of Array.isArray(message) ? message : [message]) {
        if (typeof each === "object" && each !== null) note(each);
      }
      return message;
    },
  };
}
