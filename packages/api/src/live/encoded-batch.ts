/**
 * Events as sockets carry them: each encoded once per worker, for however many subscribers.
 *
 * Problem: what a subscriber gets differs from what all others get by nothing but the id of their
 * request, and still tRPC's own way encodes it for each of them.
 * Choice: an event's `result` is encoded once; the frames of a batch are put together once for each
 * distinct request id, of which there are few (tRPC's clients number their requests per connection).
 */
import { pack } from "msgpackr";
import { serialize } from "../core/encoding/serialize.ts";
import type { Encoding, RequestId } from "../core/socket.ts";

/** An event, and the `result` of a tRPC data message that carries it: `{"type":"data",…}`. */
export type LiveEvent = {
  /** With one, the client goes on from it after a reconnection. */
  readonly id: string | null;
  readonly event: object;
  /** UTF-8. */
  readonly json: Uint8Array;
  readonly msgpack: Uint8Array;
};

/** As tRPC writes the data of a subscription, tracked when it has an id. */
export function encodeResult(id: string | null, event: object): Uint8Array {
  const result =
    id === null
      ? { type: "data", data: serialize(event) }
      : { type: "data", id, data: serialize({ id, data: event }) };
  return Buffer.from(JSON.stringify(result));
}

export const toMsgpack = (json: Uint8Array): Uint8Array =>
  pack(JSON.parse(Buffer.from(json).toString()));

/** Encoded when the first subscriber wants it. */
export class EncodedEvent implements LiveEvent {
  readonly id: string | null;
  readonly event: object;
  #json: Uint8Array | null = null;
  #msgpack: Uint8Array | null = null;

  constructor(event: object, id: string | null) {
    this.event = event;
    this.id = id;
  }

  get json(): Uint8Array {
    this.#json ??= encodeResult(this.id, this.event);
    return this.#json;
  }

  get msgpack(): Uint8Array {
    this.#msgpack ??= toMsgpack(this.json);
    return this.#msgpack;
  }
}

/** What many subscribers get at once. */
export class EncodedBatch {
  readonly events: readonly LiveEvent[];
  readonly #frames: Record<Encoding, Map<RequestId, Uint8Array>> = {
    json: new Map(),
    msgpack: new Map(),
  };

  constructor(events: readonly LiveEvent[]) {
    this.events = events;
  }

  /** Whole WebSocket frames, ready for any socket that made this request. */
  framesFor(encoding: Encoding, request: RequestId): Uint8Array {
    const made = this.#frames[encoding];
    const frames = made.get(request) ?? readyFrames(this.events, encoding, request);
    made.set(request, frames);
    return frames;
  }
}

/** The two halves of a message that a result goes between: `before` differs by request. */
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

function readyFrames(
  results: readonly Pick<LiveEvent, Encoding>[],
  encoding: Encoding,
  id: RequestId,
): Uint8Array {
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
