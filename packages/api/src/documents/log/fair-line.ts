/**
 * One piece of work at a time, and each person in turn: who brings much waits behind who brings
 * little, and who was a burden before behind who was not.
 */
type Work = () => Promise<void>;

export class FairLine {
  /** In the order in which people have their turn. */
  readonly #lanes = new Map<string, Work[]>();
  readonly #burdenOf: (userId: string) => number;
  #isWorking = false;

  constructor(burdenOf: (userId: string) => number) {
    this.#burdenOf = burdenOf;
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
    for (let next = this.#next(); next; next = this.#next()) await next();
    this.#isWorking = false;
  }

  #next(): Work | undefined {
    let userId: string | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const each of this.#lanes.keys()) {
      const burden = this.#burdenOf(each);
      if (burden < least) [userId, least] = [each, burden];
    }
    const lane = this.#lanes.get(userId ?? "");
    if (userId === undefined || !lane) return undefined;
    const work = lane.shift();
    this.#lanes.delete(userId);
    if (lane.length > 0) this.#lanes.set(userId, lane);
    return work;
  }
}
