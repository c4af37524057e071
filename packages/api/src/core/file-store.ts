import type { Readable } from "node:stream";

/** What was stored: bytes, and their SHA-256 in hex. */
export type Stored = { size: number; sha256: string };

/** First and last byte, both included. */
export type ByteRange = { start: number; end: number };

export type Unfinished = { key: string; upload: string };
/** `tag`: the store's word for what it got. */
export type Part = { n: number; size: number; tag: string };

/** `at`: where it begins in the whole, in bytes. */
type Piece = Unfinished & { n: number; at: number };
type SentPart = Part & { sha256: string };

/** Where a part or all of an object is PUT, with these headers and no other bytes than those that were named. */
export type PutAddress = { url: string; headers: Record<string, string> };

/** Addresses of the store and of ours are good for so long. */
export const ADDRESS_SECONDS = 300;

/** A piece is good until the next is asked for: whoever sends it may use its memory again. */
export type Content = AsyncIterable<Uint8Array>;

/**
 * Where the bytes of files are: the data folder, or a bucket. Keys are UUIDs of our making. Nothing
 * is ever overwritten, and nobody sees an object before all of it is there.
 */
export type FileStore = {
  /** Whether there are addresses of the store's own for what is sent. */
  takesParts: boolean;
  /** All of it, or nothing: when the content fails or is longer than `maxBytes`, nothing stays. */
  put(key: string, content: Content, maxBytes: number): Promise<Stored>;
  /** Null when there is no such object. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  stat(key: string): Promise<{ size: number } | null>;
  /** Also when it is not there. */
  delete(key: string): Promise<void>;
  /** And also whatever was begun of it by a worker that died. */
  forget(key: string): Promise<void>;
  /**
   * For what is too long to be sent again from the start: pieces in any order, 1, 2, 3 …, each sent
   * as often as it takes. `join` makes the object of them, in the order given.
   */
  parts: {
    /** Returns the store's own word for the unfinished object. */
    begin(key: string): Promise<string>;
    put(piece: Piece, content: Content, maxBytes: number): Promise<SentPart>;
    /**
     * An address at which the store itself takes this part, of exactly this size and sum, for so many
     * seconds; null when it has none that people reach.
     */
    address(
      piece: Unfinished & { n: number },
      of: { size: number; sha256: string },
    ): Promise<PutAddress | null>;
    /**
     * Those that the store got, whoever brought them, in their order; none when they were joined. Asked only
     * where parts have addresses.
     */
    list(of: Unfinished): Promise<Part[]>;
    join(of: Unfinished, parts: Part[]): Promise<void>;
    /** Also when it is finished or not there. */
    drop(of: Unfinished): Promise<unknown>;
  };
  /**
   * An address at which the store itself takes an object, of exactly this size and sum, for so many
   * seconds; null when it has none that people reach.
   */
  putAddress(key: string, of: { size: number; sha256: string }): Promise<PutAddress | null>;
  /**
   * An address at which the store itself gives the object to whoever has it, for so many seconds;
   * null when it has none that people reach.
   */
  address(key: string, headers: { type: string; disposition: string }): Promise<string | null>;
  /** Everything there is, with the moment at which it was stored, in no order. */
  list(): AsyncIterable<{ key: string; size: number; at: Date }>;
};

/** The content went on past what was allowed. */
export class TooLong extends Error {
  constructor(maxBytes: number) {
    super(`More than ${maxBytes} bytes came.`);
  }
}
