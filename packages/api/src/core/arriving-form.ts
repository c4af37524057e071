/**
 * A form of a browser (multipart/form-data) while it arrives.
 *
 * The platform's own `formData()` holds all of it in memory, several times over: six files of 60 MB
 * were 800 MB. Here a file is read piece by piece, as fast as whoever wants it takes it, and what holds
 * of the content holds of its pieces: each is good until the next is asked for.
 */
import type { Content } from "./file-store.ts";

/** `fileName` is null of a plain field. Its content has to be read before the next part is asked for. */
export type FormPart = { name: string; fileName: string | null; content: Content };

export class ArrivingForm {
  readonly #parts: () => AsyncIterable<FormPart>;

  constructor(content: () => Content, contentType: string) {
    this.#parts = () => readParts(content(), boundaryIn(contentType));
  }

  parts(): AsyncIterable<FormPart> {
    return this.#parts();
  }
}

/** It ends before its last boundary, or is no form at all. */
export class BrokenForm extends Error {}

/** The same of a form that is all here. */
export async function* partsOf(form: FormData): AsyncGenerator<FormPart> {
  for (const [name, value] of form) {
    if (typeof value === "string") {
      yield { name, fileName: null, content: once(new TextEncoder().encode(value)) };
    } else yield { name, fileName: value.name, content: value.stream() };
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const MOST_PARTS = 20;
const MOST_HEADERS = 8 * 1024;
const LINE = Buffer.from("\r\n");
const BLANK_LINE = Buffer.from("\r\n\r\n");

function boundaryIn(contentType: string): Buffer {
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (!boundary) throw new BrokenForm("It names no boundary.");
  return Buffer.from(`\r\n--${boundary}`, "latin1");
}

async function* readParts(content: Content, boundary: Buffer): AsyncGenerator<FormPart> {
  const reader = new Reader(content);
  try {
    yield* partsIn(reader, boundary);
  } finally {
    await reader.stop();
  }
}

async function* partsIn(reader: Reader, boundary: Buffer): AsyncGenerator<FormPart> {
  for await (const _ of reader.until(boundary)) {
    // What stands before the first boundary is for nobody.
  }
  for (let n = 0; (await reader.take(2)).equals(LINE); n++) {
    if (n === MOST_PARTS) throw new BrokenForm("It has too many parts.");
    const headers = await collect(reader.until(BLANK_LINE), MOST_HEADERS);
    let isRead = false;
    async function* body() {
      yield* reader.until(boundary);
      isRead = true;
    }
    yield { ...namesIn(headers.toString()), content: body() };
    if (!isRead) throw new BrokenForm("A part was not read to its end.");
  }
}

/** As browsers write them: quotes and line ends in a name are escaped. */
function namesIn(headers: string): { name: string; fileName: string | null } {
  const [, line = ""] = /^content-disposition:(.*)$/im.exec(headers) ?? [];
  const find = (key: string) => {
    const found = new RegExp(`;\\s*${key}="([^"]*)"`, "i").exec(line)?.[1];
    return found?.replace(/%22/g, '"').replace(/%0D/g, "\r").replace(/%0A/g, "\n");
  };
  return { name: find("name") ?? "", fileName: find("filename") ?? null };
}

export async function collect(content: Content, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    if (size > most) throw new BrokenForm("A field is too long.");
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces);
}

/** Shorter pieces are put together with the next one: copying them costs nothing. */
const SHORT = 1024;

class Reader {
  readonly #source: AsyncIterator<Uint8Array>;
  /** Read and not yet given out; the first boundary has no line before it. */
  #here: Uint8Array = LINE;

  constructor(content: Content) {
    this.#source = content[Symbol.asyncIterator]();
  }

  async #next(): Promise<Uint8Array> {
    const { done, value } = await this.#source.next();
    if (done) throw new BrokenForm("It ends too early.");
    return value;
  }

  async stop(): Promise<void> {
    await this.#source.return?.();
  }

  async take(count: number): Promise<Buffer> {
    while (this.#here.length < count) {
      const before = Buffer.from(this.#here);
      this.#here = Buffer.concat([before, await this.#next()]);
    }
    const taken = Buffer.from(this.#here.subarray(0, count));
    this.#here = this.#here.subarray(count);
    return taken;
  }

  /** Everything up to the mark, which is left out and behind. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = asBuffer(this.#here).indexOf(mark);
      if (at >= 0) {
        if (at > 0) yield this.#here.subarray(0, at);
        this.#here = this.#here.subarray(at + mark.length);
        return;
      }
      const sure = Math.max(0, this.#here.length - mark.length + 1);
      if (sure > 0) yield this.#here.subarray(0, sure);
      // Copied: the memory it stands in is used again.
      const rest = Buffer.from(this.#here.subarray(sure));
      const next = await this.#next();
      if (next.length < SHORT) {
        this.#here = Buffer.concat([rest, next]);
        continue;
      }
      // The mark may begin in the rest; then it ends within this.
      const seam = Buffer.concat([rest, next.subarray(0, mark.length - 1)]);
      const within = seam.indexOf(mark);
      if (within < 0) {
        if (rest.length > 0) yield rest;
        this.#here = next;
        continue;
      }
      if (within > 0) yield seam.subarray(0, within);
      this.#here = next.subarray(within + mark.length - rest.length);
      return;
    }
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength);
