/**
 * Whether bytes from a stranger are a Yjs update (v1) of a document's text, found out without
 * decoding them.
 *
 * Problem: Yjs believes what an update says of itself. Seven bytes that announce twenty million
 * structs cost 184 MB, nested values the stack, deletions that overlap a walk through the document
 * for each of them; and what is in the log everybody who opens the document decodes.
 * Choice: one walk over the bytes, which makes nothing of them. Each thing that is announced must be
 * there, so the walk is as long as the update; what Yjs may believe but never writes is refused.
 */
import { isAscii, isUtf8 } from "node:buffer";
import { markName, markNames, nodeNames, TEXT_FIELD } from "@guildhall/document-model/names";

export type Fault =
  /** Truncated, of another encoding, or not what any Yjs writes. */
  | "broken"
  /** It writes into something else than the document's text, or what the text is not made of. */
  | "foreign";

const MAX_CLIENT = 0xffff_ffff;
/** Far above what anybody types, far below where numbers lose their last digit. */
const MAX_CLOCK = 2 ** 48;
/** Of an attribute's value, or a mark's. */
const MAX_DEPTH = 32;
const MAX_MARK = 64 * 1024;
const NAME = new TextEncoder().encode(TEXT_FIELD);

/** Null when there is nothing wrong with it. */
export function faultOf(update: Uint8Array): Fault | null {
  try {
    new Walk(update).walk();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.fault;
    throw error;
  }
}

class Refusal {
  readonly fault: Fault;
  constructor(fault: Fault) {
    this.fault = fault;
  }
}
const refuse = (): never => {
  throw broken();
};
const broken = () => new Refusal("broken");
const foreign = () => new Refusal("foreign");

/** The first byte of a struct: its low bits say what it is, the high ones what it brings along. */
const KIND = 0b1_1111;
const HAS_ORIGIN = 0b1000_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_KEY = 0b0010_0000;
const GC = 0;
const DELETED = 1;
const STRING = 4;
const FORMAT = 6;
const TYPE = 7;
const ANY = 8;
const SKIP = 10;
const XML_ELEMENT = 3;
const XML_TEXT = 6;

class Walk {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  walk() {
    this.#structs();
    this.#deletions();
    if (this.#at !== this.#bytes.length) throw broken();
  }

  #structs() {
    for (let clients = this.#count(4); clients > 0; clients--) {
      const structs = this.#count(2);
      this.#client();
      let clock = this.#uint();
      for (let i = 0; i < structs; i++) {
        clock += this.#struct();
        if (clock > MAX_CLOCK) throw broken();
      }
    }
  }

  /** How many clocks it takes. */
  #struct(): number {
    const info = this.#byte();
    const kind = info & KIND;
    if (kind === GC || kind === SKIP) {
      // Yjs writes no other bits with these.
      if (info !== kind) throw broken();
      return this.#length();
    }
    if (info & HAS_ORIGIN) this.#id();
    if (info & HAS_RIGHT_ORIGIN) this.#id();
    if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) this.#parent((info & HAS_KEY) !== 0);
    return this.#content(kind);
  }

  #parent(hasKey: boolean) {
    const isRoot = this.#uint();
    if (isRoot > 1) throw broken();
    if (isRoot === 1) {
      const name = this.#slice();
      // The text is a list of blocks and has no attributes.
      if (hasKey || Buffer.compare(name, NAME) !== 0) throw foreign();
    } else {
      this.#id();
    }
    if (hasKey) this.#key();
  }

  #content(kind: number): number {
    switch (kind) {
      case DELETED:
        return this.#length();
      case STRING:
        return utf16Length(this.#text()) || refuse();
      case FORMAT:
        if (!markNames.has(markName(this.#key()))) throw foreign();
        this.#mark();
        return 1;
      case TYPE: {
        const type = this.#uint();
        if (type !== XML_ELEMENT && type !== XML_TEXT) throw foreign();
        // What no editor knows, every editor that meets it would delete.
        if (type === XML_ELEMENT && !nodeNames.has(this.#key())) throw foreign();
        return 1;
      }
      case ANY: {
        const values = this.#count(1);
        for (let i = 0; i < values; i++) this.#any(0);
        return values || refuse();
      }
      default:
        throw kind > SKIP ? broken() : foreign();
    }
  }

  #deletions() {
    const seen = new Set<number>();
    for (let clients = this.#count(2); clients > 0; clients--) {
      const client = this.#client();
      if (seen.size === seen.add(client).size) throw broken();
      let end = 0;
      for (let ranges = this.#count(2); ranges > 0; ranges--) {
        const start = this.#uint();
        // In order and apart, as Yjs writes them: else each could walk through everything.
        if (start < end) throw broken();
        end = start + this.#uint();
        if (end > MAX_CLOCK) throw broken();
      }
    }
  }

  /** So many things follow, each of at least so many bytes. */
  #count(least: number): number {
    const count = this.#uint();
    if (count * least > this.#bytes.length - this.#at) throw broken();
    return count;
  }

  #length(): number {
    const length = this.#uint();
    if (length === 0) throw broken();
    return length;
  }

  #client(): number {
    const client = this.#uint();
    if (client > MAX_CLIENT) throw broken();
    return client;
  }

  #id() {
    this.#client();
    if (this.#uint() > MAX_CLOCK) throw broken();
  }

  /** Names of attributes, marks and blocks. */
  #key(): string {
    const key = this.#text();
    if (key.length > 200 || isProto(key)) throw broken();
    return Buffer.from(key.buffer, key.byteOffset, key.length).toString();
  }

  #mark() {
    const json = this.#text();
    if (json.length > MAX_MARK) throw broken();
    try {
      if (!isShallow(JSON.parse(Buffer.from(json).toString()), 0)) throw broken();
    } catch {
      throw broken();
    }
  }

  /** A value as lib0 writes it: https://github.com/dmonad/lib0/blob/main/decoding.js (readAny). */
  #any(depth: number) {
    if (depth > MAX_DEPTH) throw broken();
    switch (this.#byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return;
      case 125: // integer
        return this.#int();
      case 124: // float32
        return this.#skip(4);
      case 123: // float64
      case 122: // bigint
        return this.#skip(8);
      case 119: // text
        this.#text();
        return;
      case 118: // object
        for (let fields = this.#count(2); fields > 0; fields--) {
          this.#key();
          this.#any(depth + 1);
        }
        return;
      case 117: // list
        for (let items = this.#count(1); items > 0; items--) this.#any(depth + 1);
        return;
      default: // Bytes are in no attribute of ours.
        throw broken();
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw broken();
    return byte;
  }

  #skip(bytes: number) {
    this.#at += bytes;
    if (this.#at > this.#bytes.length) throw broken();
  }

  #uint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.#byte();
      value += (byte & 0x7f) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw broken();
      if (byte < 0x80) return value;
      scale *= 128;
      // Seven bytes hold every number that may stand here, nine every one that is exact.
      if (scale > 2 ** 63) throw broken();
    }
  }

  #int() {
    // The first byte has a sign, and six bits.
    for (let left = 9, byte = this.#byte(); byte >= 0x80; byte = this.#byte()) {
      if (left-- === 0) throw broken();
    }
  }

  #slice(): Uint8Array {
    const length = this.#uint();
    const from = this.#at;
    this.#skip(length);
    return this.#bytes.subarray(from, from + length);
  }

  #text(): Uint8Array {
    const text = this.#slice();
    if (!isUtf8(text)) throw broken();
    return text;
  }
}

/** Of the text as JavaScript counts it, which is how Yjs counts. */
const utf16Length = (utf8: Uint8Array): number =>
  isAscii(utf8)
    ? utf8.length
    : Buffer.from(utf8.buffer, utf8.byteOffset, utf8.length).toString().length;

const PROTO = Buffer.from("__proto__");
const isProto = (key: Uint8Array) => key.length === PROTO.length && PROTO.equals(key);

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth < MAX_DEPTH && Object.values(value).every((inner) => isShallow(inner, depth + 1));
}
