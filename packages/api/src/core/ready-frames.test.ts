import superjson from "superjson";
import { expect, test } from "vitest";
import { ChangeMessage } from "./change-message.ts";
import { msgpackEncoder } from "./msgpack-encoder.ts";
import {
  createSocketEncoder,
  type Encoding,
  Handover,
  type RequestId,
  readyFrames,
} from "./ready-frames.ts";
import { transformer } from "./transformer.ts";

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

const change = (seq: number, description: string) =>
  ({
    seq,
    entity: "task",
    id: "0195",
    op: "update",
    row: { title: "Tür 日本", description, createdAt: new Date(1_700_000_000_000) },
    within: "p",
    audienceUserId: null,
    actorId: null,
    mutationId: null,
    at: new Date(1_700_000_000_001),
  }) as never;

const encodings: Encoding[] = ["json", "msgpack"];

test.each(encodings)(
  "frames of every length, in %s, hold what tRPC would have sent",
  (encoding) => {
    const messages = ["", "x".repeat(500), "y".repeat(70_000)].map((text, i) =>
      ChangeMessage.of(change(i + 1, text)),
    );
    for (const id of [1, 70_000, "a-request"]) {
      const answers = framesOf(readyFrames(messages, encoding, id)).map(
        (frame) => msgpackEncoder.decode(frame) as Answer,
      );
      expect(answers.map((answer) => [answer.id, answer.result.type, answer.result.id])).toEqual([
        [id, "data", "1"],
        [id, "data", "2"],
        [id, "data", "3"],
      ]);
      const read = answers.map((answer) => superjson.deserialize(answer.result.data));
      expect(read).toEqual(
        messages.map(({ change }) => {
          const { within: _, audienceUserId: __, ...shown } = change;
          return { id: String(change.seq), data: shown };
        }),
      );
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

test("a hand-over tells the hub the request, and the client the event", () => {
  const taken: RequestId[] = [];
  const handover = new Handover(7, { seq: 7, entity: "live" }, (request) => taken.push(request));
  const subscriptions = new Set<RequestId>();
  const { encode, decode } = createSocketEncoder("json", subscriptions);
  decode(JSON.stringify([{ id: 3, method: "subscription", params: {} }]));
  expect([...subscriptions]).toEqual([3]);
  const data = transformer.output.serialize({ id: "7", data: handover });
  const answer = JSON.parse(String(encode({ id: 3, result: { type: "data", id: "7", data } })));
  expect(taken).toEqual([3]);
  expect(answer.result.id).toBe("7");
  expect(superjson.deserialize(answer.result.data)).toEqual({
    id: "7",
    data: { seq: 7, entity: "live" },
  });
  encode({ id: 3, result: { type: "stopped" } });
  expect(subscriptions.size).toBe(0);
});

test("a client's frames are JSON text: nothing else is decoded", () => {
  const { decode } = createSocketEncoder("msgpack", new Set());
  expect(() => decode(new Uint8Array([0xdd, 0xff, 0xff, 0xff, 0xff]))).toThrow(/text frames/);
});
