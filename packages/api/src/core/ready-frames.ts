/**
 * A change is encoded once per worker, and still goes to standard tRPC clients.
 *
 * Problem: tRPC's own way to a subscriber (an async generator, a race with the abort, the
 * transformer, the encoder, `ws.send`) costs 8 to 10 times what the socket costs, for each of them,
 * though all of them get the same bytes but for the id of their request.
 * Naive answer: a WebSocket protocol of our own beside tRPC. Then the client is not a standard one,
 * and authorisation, abort and resumption exist twice.
 * Choice: tRPC owns the subscription's life. It authorises, catches up, and then yields one last
 * event with a `Handover` in it. The transformer lets that pass, and the encoder, which is made for
 * each socket, is where socket and request id are seen together: it gives both to the hub and sends
 * the event's real text. From then on the hub writes ready frames to the socket, and the generator
 * only waits for the end. Where there is no such socket (a call in process, server-sent events) the
 * same events are yielded one by one; the tests compare both, event for event.
 *
 * Frames are written past `ws.send`; that is safe because nothing is compressed and `ws` writes
 * whole frames synchronously.
 */
import { pack } from "msgpackr";
import { encodeEvent } from "./change-message.ts";

export type Encoding = "json" | "msgpack";
export type RequestId = string | number;

/** One socket, as the hub sees it. */
export type Wire = {
  readonly encoding: Encoding;
  /** Writes whole WebSocket frames; lets the client go when too much lies unsent. */
  write(frames: Uint8Array): void;
  /** Bytes that the client has not taken yet. */
  unsent(): number;
  /** Ends a connection that does not keep up; its client comes back with its cursor. */
  letGo(): void;
  /** Requests of subscriptions that are open on it. */
  readonly subscriptions: ReadonlySet<RequestId>;
  readonly maxSubscriptions: number;
};

/** The two halves of a message that a change goes between: `before` differs by request. */
type Parts = { before(id: RequestId): Uint8Array; after: Uint8Array; opcode: number };

const TEXT = 1;
const BINARY = 2;
const parts: Record<Encoding, Parts> = {
  json: {
    before: (id) => Buffer.from(`{"id":${JSON.stringify(id)},"result":`),
    after: Buffer.from("}"),
    opcode: TEXT,
  },
  msgpack: {
    // A map of two, as `pack({ id, result })` begins.
    before: (id) => Buffer.concat([Buffer.from([0x82]), pack("id"), pack(id), pack("result")]),
    after: Buffer.alloc(0),
    opcode: BINARY,
  },
};

type Result = { json: Uint8Array; msgpack: Uint8Array };

/** The frames of these results for one request, ready to be written to any socket that made it. */
export function readyFrames(results: Result[], encoding: Encoding, id: RequestId): Uint8Array {
  const { before, after, opcode } = parts[encoding];
  const start = before(id);
  const pieces: Uint8Array[] = [];
  for (const result of results) {
    const body = result[encoding];
    pieces.push(frameHead(opcode, start.length + body.length + after.length), start, body, after);
  }
  return Buffer.concat(pieces);
}

/** A whole, unmasked frame (RFC 6455, 5.2). */
function frameHead(opcode: number, length: number): Uint8Array {
  if (length < 126) return Buffer.from([0x80 | opcode, length]);
  if (length < 65_536) return Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]);
  const head = Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** Yielded as the last event of a subscription: from here on the hub writes to the socket itself. */
export class Handover {
  readonly seq: number;
  readonly event: object;
  readonly #take: (request: RequestId) => void;

  constructor(seq: number, event: object, take: (request: RequestId) => void) {
    this.seq = seq;
    this.event = event;
    this.#take = take;
  }

  /** The event's text, after the hub was told where to go on. */
  encode(request: RequestId, encoding: Encoding): string | Uint8Array<ArrayBuffer> {
    this.#take(request);
    const json = encodeEvent(this.seq, this.event);
    const text = `{"id":${JSON.stringify(request)},"result":${Buffer.from(json)}}`;
    return encoding === "json" ? text : new Uint8Array(pack(JSON.parse(text)));
  }
}

type Message = { id?: RequestId | null; method?: string; error?: unknown; result?: ResultPart };
type ResultPart = { type?: string; data?: unknown };

/**
 * The encoder of one socket. What comes in is JSON in either case: a few bytes of msgpack from a
 * stranger may cost a decoder hundreds of megabytes, and a client sends little more than
 * "subscribe". `subscriptions` is kept up to date for `Wire`.
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
      return data instanceof Handover && id != null ? data.encode(id, encoding) : write(message);
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
