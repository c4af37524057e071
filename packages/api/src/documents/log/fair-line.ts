/**
 * One piece of work at a time, and a fair share of the time for each person.
 *
 * Problem: whoever brings fifty pieces that take long would hold up everybody who brings a short one.
 * Naive: one after the other, or each person in turn; then a turn of a sixth of a second counts as
 * much as one of a millisecond.
 * Choice: start-time fair queueing. Each person has a clock that their work moves on by the time it
 * took; whose clock is furthest back is next. Who comes again begins at the clock of the work under way, so
 * that nobody saves up time by being away, and who had much waits until the others had as much.
 */
type Work = () => Promise<void>;

type Options = {
  /** In any unit. */
  now?: () => number;
};

export class FairLine {
  readonly #now: () => number;
  readonly #lanes = new Map<string, Work[]>();
  /** Where each person's clock stands, of those ahead of the line's own. */
  readonly #clocks = new Map<string, number>();
  /** The clock of the work under way when it began. */
  #clock = 0;
  #isWorking = false;

  constructor({ now = () => performance.now() }: Options = {}) {
    this.#now = now;
  }

  waiting(userId: string): number {
    return this.#lanes.get(userId)?.length ?? 0;
  }

  add<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const lane = this.#lanes.get(userId) ?? [];
    lane.push(() => work().then(resolve, reject));
    this.#lanes.set(userId, lane);
    if (!this.#isWorking) void this.#work();
    return promise;
  }

  async #work() {
    this.#isWorking = true;
    for (let userId = this.#next(); userId !== null; userId = this.#next()) {
      const work = this.#take(userId);
      this.#clock = this.#clockOf(userId);
      const began = this.#now();
      await work();
      this.#clocks.set(userId, this.#clock + this.#now() - began);
      this.#forget();
    }
    this.#isWorking = false;
  }

  #clockOf(userId: string) {
    return Math.max(this.#clock, this.#clocks.get(userId) ?? 0);
  }

  #next(): string | null {
    let next: string | null = null;
    for (const userId of this.#lanes.keys()) {
      if (next === null || this.#clockOf(userId) < this.#clockOf(next)) next = userId;
    }
    return next;
  }

  #take(userId: string): Work {
    const lane = this.#lanes.get(userId) ?? [];
    const work = lane.shift() ?? (async () => {});
    this.#lanes.delete(userId);
    // Behind those whose clock shows the same.
    if (lane.length > 0) this.#lanes.set(userId, lane);
    return work;
  }

  /** Whoever has fallen behind the line's clock begins at it like everybody else. */
  #forget() {
    for (const [userId, clock] of this.#clocks) {
      if (clock <= this.#clock) this.#clocks.delete(userId);
    }
  }
}
