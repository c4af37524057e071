/** An entry of a log, and what it holds: everything after the entry before it, up to `seq`. */
export type Numbered = { readonly seq: number };

export type MemoryBounds = { entries: number; bytes: number };

/** The newest entries of a log, without a gap, within bounds. */
export class Recent<Entry extends Numbered> {
  readonly #bounds: MemoryBounds;
  readonly #sizeOf: (entry: Entry) => number;
  /** The number before the first entry that is remembered. */
  #before = 0;
  #entries: Entry[] = [];
  #bytes = 0;
  #isOutdated = false;

  constructor(bounds: MemoryBounds, sizeOf: (entry: Entry) => number) {
    this.#bounds = bounds;
    this.#sizeOf = sizeOf;
  }

  startAt(seq: number) {
    this.#before = seq;
  }

  /** Takes entries that follow directly on the last one. */
  push(entries: Entry[]) {
    for (const entry of entries) {
      this.#entries.push(entry);
      this.#bytes += this.#sizeOf(entry);
    }
  }

  /** Whether all that follows `seq` is remembered. */
  reaches(seq: number): boolean {
    return seq >= this.#before;
  }

  /** What follows `seq`, or as much of it as is remembered. */
  after(seq: number): Entry[] {
    return this.#entries.slice(this.#indexAfter(seq));
  }

  /** What is remembered is no longer what Postgres says: all that was given out is dropped when it is next shortened. */
  forget() {
    this.#isOutdated = true;
  }

  /**
   * Down to the bounds in one step at twice the bounds, so that it rarely moves anything; what comes
   * after `given` has yet to be given out and stays.
   */
  shorten(given: number) {
    const { entries, bytes } = this.#isOutdated ? { entries: 0, bytes: 0 } : this.#bounds;
    this.#isOutdated = false;
    if (this.#entries.length <= 2 * entries && this.#bytes <= 2 * bytes) return;
    const mayDrop = this.#indexAfter(given);
    let drop = 0;
    let left = this.#bytes;
    for (const entry of this.#entries.slice(0, mayDrop)) {
      if (this.#entries.length - drop <= entries && left <= bytes) break;
      left -= this.#sizeOf(entry);
      this.#before = entry.seq;
      drop++;
    }
    this.#entries = this.#entries.slice(drop);
    this.#bytes = left;
  }

  /** Where the first entry after `seq` is; numbers mostly follow each other one by one. */
  #indexAfter(seq: number): number {
    let low = 0;
    let high = Math.min(this.#entries.length, Math.max(0, seq - this.#before));
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.seq ?? 0) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
