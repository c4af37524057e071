/**
 * Cuts what was written into pieces that the server takes.
 *
 * Problem: a pasted book is one update of Yjs, however long. The server puts together what strangers
 * send within bounds of size and time, and refuses what is beyond them.
 * Choice: whatever is written here is cut, in its own order: each piece stands on those before it,
 * so that what was sent when the connection ends is a beginning and no hole. Together they are the
 * same update; a long string is cut as Yjs itself would, at its next edit.
 */
import {
  ContentString,
  createID,
  decodeUpdate,
  Item,
  mergeUpdates,
  Skip,
  UpdateEncoderV1,
} from "yjs";

/** Far below what the server refuses: it takes 2 MB, and a sixth of a second of work. */
const MOST_BYTES = 64 * 1024;
const MOST_STRUCTS = 2_000;
/** Three bytes each, at most. */
const MOST_LETTERS = 16 * 1024;
const MOST_DELETED = 4_000;

type Struct = ReturnType<typeof decodeUpdate>["structs"][number];
type Deletions = ReturnType<typeof decodeUpdate>["ds"];
type Run = { client: number; clock: number; structs: Uint8Array[] };

/** Several updates of one document as few as they may be, in order. */
export const packUpdates = (updates: Uint8Array[]): Uint8Array[] =>
  cutUpdate(mergeUpdates(updates));

export function cutUpdate(update: Uint8Array): Uint8Array[] {
  const { structs, ds } = decodeUpdate(update);
  if (update.byteLength <= MOST_BYTES && structs.length <= MOST_STRUCTS) return [update];
  const deletions = [...cutDeletions(ds)];
  // What replaces something stands before that is gone.
  const [first = NO_DELETIONS, ...more] = deletions;
  const pieces = [...cutStructs(structs)];
  const last = pieces.pop() ?? [];
  return [
    ...pieces.map((runs) => encode(runs, NO_DELETIONS)),
    encode(last, first),
    ...more.map((some) => encode([], some)),
  ];
}

/** Each as the runs of one piece: of one writer, what follows on each other. */
function* cutStructs(structs: readonly Struct[]): Generator<Run[]> {
  let runs: Run[] = [];
  let [count, bytes] = [0, 0];
  for (const struct of structs.flatMap(cutString)) {
    const { client, clock } = struct.id;
    const encoded = encodeStruct(struct);
    if (count >= MOST_STRUCTS || (count > 0 && bytes + encoded.length > MOST_BYTES)) {
      yield runs;
      [runs, count, bytes] = [[], 0, 0];
    }
    const run = runs.at(-1);
    if (run?.client === client) run.structs.push(encoded);
    // A piece that begins where something is skipped begins behind it.
    else if (!(struct instanceof Skip)) runs.push({ client, clock, structs: [encoded] });
    count++;
    bytes += encoded.length;
  }
  if (count > 0) yield runs;
}

function cutString(struct: Struct): Struct[] {
  if (!(struct instanceof Item && struct.content instanceof ContentString)) return [struct];
  const { content, id, rightOrigin, parent, parentSub } = struct;
  const { str } = content;
  if (str.length <= MOST_LETTERS) return [struct];
  const parts: Struct[] = [];
  for (let from = 0; from < str.length; ) {
    let to = Math.min(str.length, from + MOST_LETTERS);
    // The two halves of an emoji stay together.
    if (to < str.length && /[\uD800-\uDBFF]/.test(str.charAt(to - 1))) to--;
    const origin = from === 0 ? struct.origin : createID(id.client, id.clock + from - 1);
    const part = new ContentString(str.slice(from, to));
    const at = createID(id.client, id.clock + from);
    parts.push(new Item(at, null, origin, null, rightOrigin, parent, parentSub, part));
    from = to;
  }
  return parts;
}

function encodeStruct(struct: Struct): Uint8Array {
  const encoder = new UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoder.toUint8Array();
}

type Range = readonly [client: number, clock: number, length: number];
const NO_DELETIONS: readonly Range[] = [];

function* cutDeletions({ clients }: Deletions): Generator<Range[]> {
  let some: Range[] = [];
  for (const [client, ranges] of clients) {
    for (const { clock, len } of ranges) {
      some.push([client, clock, len]);
      if (some.length < MOST_DELETED) continue;
      yield some;
      some = [];
    }
  }
  if (some.length > 0) yield some;
}

/** https://github.com/yjs/yjs/blob/main/src/utils/encoding.js, the first version. */
function encode(runs: readonly Run[], deletions: readonly Range[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const numbers = (...values: number[]) => parts.push(Uint8Array.from(values.flatMap(varUint)));
  numbers(runs.length);
  for (const { client, clock, structs } of runs) {
    numbers(structs.length, client, clock);
    parts.push(...structs);
  }
  const byClient = Map.groupBy(deletions, ([client]) => client);
  numbers(byClient.size);
  for (const [client, ranges] of byClient) {
    numbers(client, ranges.length, ...ranges.flatMap(([, clock, length]) => [clock, length]));
  }
  return joined(parts);
}

const varUint = (n: number): number[] =>
  n < 128 ? [n] : [(n % 128) + 128, ...varUint(Math.floor(n / 128))];

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
