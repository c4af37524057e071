/**
 * Brings one document's updates into the order of their numbers, on a worker where somebody follows
 * it. The same problem as the workspace's feed has, and the same choice (core/feed.ts): what rings
 * early is held back, a hole that does not fill within a moment is read from Postgres once, and so
 * is what a silence may hide.
 */
import type { LoggedUpdate } from "../../core/document-log.ts";
import type { AppendedUpdate } from "./appender.ts";
import type { LogPiece } from "./read-log.ts";

const PATIENCE_MS = 100;
/** More than this is not sent through the bus: each worker then reads it from Postgres, once. */
const MAX_RING_BYTES = 128 * 1024;

/** What rings: the updates, or only how far the log has come. */
export type Ring = { updates: [seq: number, id: string, update: string][] } | { seq: number };

export function toRing(appended: AppendedUpdate[]): Ring {
  const bytes = appended.reduce((sum, { update }) => sum + update.length, 0);
  if (bytes > MAX_RING_BYTES) return { seq: appended.at(-1)?.seq ?? 0 };
  return { updates: appended.map(({ seq, id, update }) => [seq, id, update]) };
}

type Options = {
  read: (after: number) => Promise<LogPiece | null>;
  /** Gets everything once, in order, without a hole. */
  give: (piece: LogPiece) => void;
  onError: (error: unknown) => void;
};

export class LogHub {
  readonly #options: Options;
  readonly #early = new Map<number, LoggedUpdate>();
  #last: number;
  #timer: NodeJS.Timeout | null = null;
  #healing = false;
  #again = false;
  #isClosed = false;
  heardAt = Date.now();

  constructor(last: number, options: Options) {
    this.#last = last;
    this.#options = options;
  }

  get last() {
    return this.#last;
  }

  hear(ring: Ring) {
    this.heardAt = Date.now();
    if ("seq" in ring) return this.reaches(ring.seq);
    for (const [seq, id, update] of ring.updates) {
      if (seq > this.#last) this.#early.set(seq, { id, update });
    }
    this.#drain();
  }

  /** The log has come so far: what of it did not ring is read. */
  reaches(seq: number) {
    if (seq > this.#last) this.#heal();
  }

  close() {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #drain() {
    const updates: LoggedUpdate[] = [];
    for (let next = this.#early.get(this.#last + 1); next; next = this.#early.get(this.#last + 1)) {
      this.#early.delete(++this.#last);
      updates.push(next);
    }
    if (updates.length > 0) this.#options.give({ seq: this.#last, updates });
    for (const seq of this.#early.keys()) if (seq <= this.#last) this.#early.delete(seq);
    if (this.#early.size === 0 || this.#timer || this.#healing || this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#early.size > 0) this.#heal();
    }, PATIENCE_MS);
  }

  #heal() {
    this.#again = true;
    if (this.#healing || this.#isClosed) return;
    this.#healing = true;
    this.#readOn()
      .catch(this.#options.onError)
      .finally(() => {
        this.#healing = false;
        // Also after a failed read: what is early starts the watch again.
        this.#drain();
      });
  }

  async #readOn() {
    while (this.#again && !this.#isClosed) {
      this.#again = false;
      for (;;) {
        const piece = await this.#options.read(this.#last);
        if (!piece || this.#isClosed) break;
        this.#last = piece.seq;
        this.#options.give(piece);
      }
    }
  }
}
