/** Bytes that are somewhere else, such as in a store: any range of them is to be had, one at a time. */
import { Readable } from "node:stream";
import { RandomAccessReader } from "yauzl";

export type ByteSource = {
  /** Bytes. */
  size: number;
  /** From `start` up to `end`, which is left out. */
  read(start: number, end: number): Promise<Uint8Array>;
};

export const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: async (start, end) => bytes.subarray(start, end),
});

/** What is asked for at once: the entries of an archive's directory are 50 bytes, and a store far away. */
const BLOCK = 1024 * 1024;

/**
 * Archives are read in pieces of any length, mostly one behind the other. The newest block is held, and
 * so is the memory of it all.
 */
export class BlockReader extends RandomAccessReader {
  readonly #source: ByteSource;
  #block: { at: number; bytes: Promise<Uint8Array> } | null = null;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#pieces(start, end), { objectMode: false, highWaterMark: BLOCK });
  }

  async *#pieces(start: number, end: number) {
    for (let at = start; at < end; ) {
      const first = Math.floor(at / BLOCK) * BLOCK;
      const block = await this.#blockAt(first);
      const piece = block.subarray(at - first, Math.min(block.length, end - first));
      if (piece.length === 0) throw new Error("it ends too early");
      yield piece;
      at += piece.length;
    }
  }

  #blockAt(at: number): Promise<Uint8Array> {
    if (this.#block?.at !== at) {
      const end = Math.min(this.#source.size, at + BLOCK);
      this.#block = { at, bytes: this.#source.read(at, end) };
    }
    return this.#block.bytes;
  }
}
