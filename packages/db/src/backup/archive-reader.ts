import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { createTarDecoder } from "modern-tar";
import { HEADER, SUMS, Tally } from "./format.ts";

export type Entry = { name: string; content: AsyncIterable<Uint8Array> };

/** Reads a backup from its beginning to its end, entry by entry; whatever is odd about it is a sentence. */
export class ArchiveReader {
  readonly tally = new Tally();
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async *entries(): AsyncGenerator<Entry> {
    await this.#refuseStranger();
    // Typed as Node's by one library and as the browser's by the other; they are the same stream.
    const bytes = pipeline(createReadStream(this.#file), createGunzip(), () => {});
    yield* this.#decode(Readable.toWeb(bytes) as ReadableStream<Uint8Array>);
  }

  async *#decode(bytes: ReadableStream<Uint8Array>): AsyncGenerator<Entry> {
    const entries = bytes.pipeThrough(createTarDecoder({ strict: true })).getReader();
    try {
      for (let first = true; ; first = false) {
        const { done, value } = await entries.read().catch((error) => this.#explain(error));
        if (done) return;
        const { name } = value.header;
        if (first && name !== HEADER) throw this.#isNoBackup();
        yield { name, content: this.#counted(name, value.body) };
      }
    } finally {
      // Whoever stops half way leaves no open file behind.
      entries.cancel().catch(() => {});
    }
  }

  async *#counted(name: string, body: ReadableStream<Uint8Array>) {
    if (name !== SUMS) this.tally.open(name);
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch((error) => this.#explain(error));
      if (done) return;
      if (name !== SUMS) this.tally.add(name, value);
      yield value;
    }
  }

  /** Any gzip begins with these two bytes; a file that does not was never one of ours. */
  async #refuseStranger(): Promise<void> {
    const handle = await open(this.#file).catch((error) => this.#explain(error));
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      if (bytesRead < 2 || buffer.readUInt16BE() !== 0x1f8b) throw this.#isNoBackup();
    } catch (error) {
      this.#explain(error);
    } finally {
      await handle.close();
    }
  }

  #isNoBackup() {
    return new Error(`${this.#file} isn't a Guildhall backup. Nothing was changed.`);
  }

  damaged(cause?: unknown) {
    return new Error(
      `${this.#file} is damaged or incomplete. Nothing was changed. Use an earlier backup, or copy this one again.`,
      { cause },
    );
  }

  #explain(error: unknown): never {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") throw new Error(`There is no file ${path.resolve(this.#file)}.`);
    if (code === "EACCES")
      throw new Error(`This user doesn't have permission to read ${this.#file}.`);
    if (code === "EISDIR") throw this.#isNoBackup();
    // zlib's codes are Z_…; the tar decoder's errors have none.
    if (code.startsWith("Z_") || code === "") throw isSentence(error) ? error : this.damaged(error);
    throw error;
  }
}

const isSentence = (error: unknown) =>
  error instanceof Error && error.message.includes("Nothing was changed");

export async function readWhole(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

export async function skim(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of content);
}
