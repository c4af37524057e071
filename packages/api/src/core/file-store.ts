import type { Readable } from "node:stream";

/** What was stored: bytes, and their SHA-256 in hex. */
export type Stored = { size: number; sha256: string };

/** First and last byte, both included. */
export type ByteRange = { start: number; end: number };

/**
 * Where the bytes of files are: the data folder, or a bucket. Keys are UUIDs of our making. Nothing
 * is ever overwritten, and nobody sees an object before all of it is there.
 */
export type FileStore = {
  /** All of it, or nothing: when the content fails or is longer than `maxBytes`, nothing stays. */
  put(key: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Stored>;
  /** Null when there is no such object. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  stat(key: string): Promise<{ size: number } | null>;
  /** Also when it is not there. */
  delete(key: string): Promise<void>;
  /** Everything there is, with the moment at which it was stored, in no order. */
  list(): AsyncIterable<{ key: string; size: number; at: Date }>;
};

/** The content went on past what was allowed. */
export class TooLong extends Error {
  constructor(maxBytes: number) {
    super(`More than ${maxBytes} bytes came.`);
  }
}
