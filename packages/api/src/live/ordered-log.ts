/**
 * A log in the order of its numbers, on a worker where somebody follows it.
 *
 * Problem: commits are numbered 1, 2, 3 … but the messages that tell of them may come out of order
 * (two transactions end in the same tick, two workers write), twice, or never. Giving subscribers
 * what comes as it comes loses order; letting each one read Postgres whenever a number is missing
 * turns one lost message into five hundred queries.
 * Choice: one log on a worker knows the last number that it passed on. What comes early waits in a
 * reorder buffer; a gap that does not fill within a moment is backfilled from Postgres, once for all.
 * A lost message that no later one reveals is found by polling (registry.ts). The newest entries stay
 * in memory, so that thousands of clients that come back do not each ask Postgres for the same page.
 */
import { invariant } from "../core/errors.ts";
import { type MemoryBounds, type Numbered, Recent } from "./recent.ts";

const GAP_TIMEOUT_MS = 100;

export type LogOptions<Entry> = {
  /** What follows a number in Postgres, oldest first: a page of it, or nothing when that is all. */
  read: (after: number) => Promise<Entry[]>;
  /** Gets everything once, in order, without a gap. */
  onEntries: (entries: Entry[]) => void;
  onBackfill: () => void;
  onError: (error: unknown) => void;
  memory: MemoryBounds;
  sizeOf: (entry: Entry) => number;
};

export class OrderedLog<Entry extends Numbered> {
  readonly #options: LogOptions<Entry>;
  readonly #reorder = new Map<number, Entry>();
  readonly recent: Recent<Entry>;
  #last: number | null = null;
  #gapTimer: NodeJS.Timeout | null = null;
  #backfilling: Promise<void> | null = null;
  #again = false;
  #isClosed = false;
  /** When something was last heard of it. */
  heardAt = Date.now();

  constructor(options: LogOptions<Entry>) {
    this.#options = options;
    this.recent = new Recent(options.memory, options.sizeOf);
  }

  /** The last number that was passed on. */
  get last(): number {
    return invariant(this.#last, "the log was started");
  }

  /** Where the log stood when it was asked, after it was listened to: entries may have come since. */
  start(last: number) {
    this.#last = last;
    this.recent.startAt(last);
    this.#drain();
  }

  /** Entries of single numbers, in any order. */
  receive(entries: Entry[]) {
    this.heardAt = Date.now();
    for (const entry of entries) {
      if (this.#last === null || entry.seq > this.#last) this.#reorder.set(entry.seq, entry);
    }
    this.#drain();
  }

  /** The log has come this far: what of it was not heard is read. */
  reach(seq: number) {
    if (this.#last !== null && seq > this.#last) this.#backfill();
  }

  /** Nothing is read any more, and what was being read is here. */
  async close() {
    this.#isClosed = true;
    if (this.#gapTimer) clearTimeout(this.#gapTimer);
    await this.#backfilling;
  }

  #drain() {
    if (this.#last === null) return;
    const entries: Entry[] = [];
    let last = this.#last;
    for (let next = this.#reorder.get(last + 1); next; next = this.#reorder.get(last + 1)) {
      last = next.seq;
      entries.push(next);
    }
    this.#pass(entries);
    this.#watchGap();
  }

  #pass(entries: Entry[]) {
    const last = entries.at(-1)?.seq;
    if (last === undefined) return;
    this.#last = last;
    for (const seq of this.#reorder.keys()) if (seq <= last) this.#reorder.delete(seq);
    this.recent.push(entries);
    this.#options.onEntries(entries);
  }

  #watchGap() {
    if (this.#reorder.size === 0) {
      if (this.#gapTimer) clearTimeout(this.#gapTimer);
      this.#gapTimer = null;
      return;
    }
    if (this.#gapTimer || this.#backfilling || this.#isClosed) return;
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = null;
      this.#backfill();
    }, GAP_TIMEOUT_MS);
  }

  #backfill() {
    this.#again = true;
    if (this.#backfilling || this.#isClosed) return;
    this.#options.onBackfill();
    this.#backfilling = this.#readOn()
      .catch(this.#options.onError)
      .finally(() => {
        this.#backfilling = null;
        // Also after a failed read: what waits in the buffer starts the watch again.
        this.#drain();
      });
  }

  async #readOn() {
    while (this.#again && !this.#isClosed) {
      this.#again = false;
      for (;;) {
        const page = await this.#options.read(this.last);
        if (page.length === 0 || this.#isClosed) break;
        // Meanwhile some of it may have come by the bus.
        this.#pass(page.filter(({ seq }) => seq > this.last));
      }
    }
  }
}
