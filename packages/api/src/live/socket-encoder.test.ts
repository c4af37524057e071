import superjson from "superjson";
import { expect, test } from "vitest";
import { msgpackEncoder } from "../core/encoding/msgpack-encoder.ts";
import { transformer } from "../core/encoding/transformer.ts";
import { type Encoding, type RequestId, SocketTakeover } from "../core/socket.ts";
import { EncodedBatch, EncodedEvent } from "./encoded-batch.ts";
import { createSocketEncoder, NOTHING } from "./socket-encoder.ts";

type Answer = { id: RequestId; result: { type: string; id: string; data: never } };

/** What a client's decoder is given: text of a text frame, bytes of a binary one. */
function framesOf(bytes: Uint8Array): (string | Uint8Array)[] {
  const frames: (string | Uint8Array)[] = [];
  const view = Buffer.from(bytes);
  for (let at = 0; at < view.length; ) {
    const [first = 0, short = 0] = view.subarray(at, at + 2);
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    const long = head === 4 ? view.readUInt16BE(at + 2) : Number(view.readBigUInt64BE(at + 2));
    const end = at + head + (head === 2 ? short : long);
    const body = view.subarray(at + head, end);
    expect(first & 0xf0, "whole, and no extension").toBe(0x80);
    frames.push((first & 15) === 1 ? body.toString() : new Uint8Array(body));
    at = end;
  }
  return frames;
}

const change = (seq: number, description: string) => ({
  seq,
  row: { title: "Tür 日本", description, createdAt: new Date(1_700_000_000_000) },
  actorId: null,
  at: new Date(1_700_000_000_001),
});

const encodings: Encoding[] = ["json", "msgpack"];

test.each(encodings)(
  "frames of every length, in %s, hold what tRPC would have sent",
  (encoding) => {
    const changes = ["", "x".repeat(500), "y".repeat(70_000)].map((text, i) => change(i + 1, text));
    const batch = new EncodedBatch(
      changes.map((event) => new EncodedEvent(event, String(event.seq))),
    );
    for (const id of [1, 70_000, "a-request"]) {
      const answers = framesOf(batch.framesFor(encoding, id)).map(
        (frame) => msgpackEncoder.decode(frame) as Answer,
      );
      expect(answers.map((answer) => [answer.id, answer.result.type, answer.result.id])).toEqual([
        [id, "data", "1"],
        [id, "data", "2"],
        [id, "data", "3"],
      ]);
      const read = answers.map((answer) => superjson.deserialize(answer.result.data));
      expect(read).toEqual(changes.map((event) => ({ id: String(event.seq), data: event })));
    }
  },
);

test.each(encodings)("Dates and binary survive %s", (encoding) => {
  const { encode } = createSocketEncoder(encoding, new Set());
  const value = { at: new Date(5), bytes: new Uint8Array([0, 127, 255]), none: undefined, big: 7n };
  const sent = encode({
    id: 1,
    result: { type: "data", data: transformer.output.serialize(value) },
  });
  expect(typeof sent).toBe(encoding === "json" ? "string" : "object");
  const { result } = msgpackEncoder.decode(sent) as Answer;
  expect(superjson.deserialize(result.data)).toEqual(value);
});

test("a takeover is told the request, and the socket is given nothing by tRPC", () => {
  const taken: RequestId[] = [];
  const takeover = new SocketTakeover((request) => taken.push(request));
  const subscriptions = new Set<RequestId>();
  const { encode, decode } = createSocketEncoder("json", subscriptions);
  decode(JSON.stringify([{ id: 3, method: "subscription", params: {} }]));
  expect([...subscriptions]).toEqual([3]);
  const data = transformer.output.serialize(takeover);
  expect(encode({ id: 3, result: { type: "data", data } })).toBe(NOTHING);
  expect(taken).toEqual([3]);
  encode({ id: 3, result: { type: "stopped" } });
  expect(subscriptions.size).toBe(0);
});

test("a client's frames are JSON text: nothing else is decoded", () => {
  const { decode } = createSocketEncoder("msgpack", new Set());
  expect(() => decode(new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]))).toThrow(/text frames/);
});
