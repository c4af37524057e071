/**
 * Gives one stream (a log, or who is there) to its subscribers on this worker.
 *
 * Rights: each round first settles the permission cache, then gives everything there was by then, by
 * the permissions of that moment: what changes rights later has its place in the next round.
 *
 * Pace: what comes within a tick goes in one write for each subscriber, and the next round starts a
 * pause after the last one; a single event after a quiet time goes at once. A write to thousands is
 * cut into slices, so that requests are answered in between. Who has much unsent is left out until
 * that is gone, and then gets what was missed: from memory, or, when memory does not reach back that
 * far, by coming back with a cursor.
 */
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { EncodedBatch } from "./encoded-batch.ts";
import { OUTAGE_MS, type Permission, type PermissionCache } from "./permission-cache.ts";
import type { Sink } from "./sink.ts";

const SLICE = 256;
/** With so many unsent bytes a subscriber gets nothing more until they are gone. */
export const MAX_UNSENT = 128 * 1024;

export type Subscriber<Cursor> = {
  readonly userId: string;
  readonly sink: Sink;
  /** What they have; moved by the broadcaster. */
  cursor: Cursor;
  /** Told when it has moved. */
  onMoved?: ((cursor: Cursor) => void) | undefined;
};

/** What comes next, for all who have the same and may see the same. */
export type Step<Cursor> = {
  readonly cursor: Cursor;
  /** Null when there is nothing in it for them. */
  readonly batchFor: (userId: string) => EncodedBatch | null;
  /** Whether there is more than went into this step. */
  readonly hasMore: boolean;
  /** To how many it was given. */
  given: number;
};

export type Round<Cursor, P> = {
  /** Asks what must be known of that which is given to those at these cursors; may fail. */
  prepare(cursors: Iterable<Cursor>): Promise<void>;
  /** Whether it is not remembered any more what they lack. */
  isLost(subscriber: Subscriber<Cursor>): boolean;
  /** Null when they have all. */
  next(subscriber: Subscriber<Cursor>, permission: P): Step<Cursor> | null;
  end(): void;
};

export type Stream<Cursor, P> = {
  /** What there is now; what comes later is for the next round. */
  begin(known: ReadonlyMap<string, P>): Round<Cursor, P>;
  /** How old what is known of a person's rights may be. */
  maxAgeMs: number;
  /** How long to wait after a round that took so long, in ms. */
  pauseAfter(tookMs: number): number;
};

type Options<Cursor, P extends Permission> = {
  stream: Stream<Cursor, P>;
  permissions: PermissionCache<P>;
  onError: (error: unknown) => void;
};

export class Broadcaster<Cursor, P extends Permission> {
  readonly #options: Options<Cursor, P>;
  readonly #subscribers = new Set<Subscriber<Cursor>>();
  /** Those who may lack something although there is nothing new. */
  readonly #pending = new Set<Subscriber<Cursor>>();
  #hasNews = false;
  #isRunning = false;
  #isClosed = false;
  #giving: Promise<boolean> | null = null;

  constructor(options: Options<Cursor, P>) {
    this.#options = options;
  }

  get size(): number {
    return this.#subscribers.size;
  }

  subscribe(subscriber: Subscriber<Cursor>) {
    this.#subscribers.add(subscriber);
    this.#pending.add(subscriber);
    this.#run();
  }

  unsubscribe(subscriber: Subscriber<Cursor>) {
    this.#subscribers.delete(subscriber);
    this.#pending.delete(subscriber);
  }

  /** There is something new in the stream. */
  notify() {
    this.#hasNews = true;
    this.#run();
  }

  /** Nothing more is given out, and nothing is asked any more on its behalf. */
  async close() {
    this.#isClosed = true;
    await this.#giving?.catch(() => {});
  }

  #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#work();
  }

  async #work() {
    const { onError, stream } = this.#options;
    while ((this.#hasNews || this.#pending.size > 0) && !this.#isClosed) {
      const startedAt = performance.now();
      try {
        this.#giving = this.#round();
        const wasIdle = await this.#giving;
        // A round for who has just come, and lacks nothing, holds up nobody.
        if (wasIdle && this.#pending.size === 0) continue;
      } catch (error) {
        this.#hasNews = true;
        onError(error);
        await delay(OUTAGE_MS);
        continue;
      }
      await delay(Math.max(0, stream.pauseAfter(performance.now() - startedAt)));
    }
    this.#isRunning = false;
  }

  /** Whether there was nothing to give. */
  async #round(): Promise<boolean> {
    const { permissions, stream } = this.#options;
    await permissions.settle({ maxAgeMs: stream.maxAgeMs });
    const { known } = permissions;
    const hadNews = this.#hasNews;
    const due = hadNews ? this.#subscribers : new Set(this.#pending);
    this.#hasNews = false;
    const round = stream.begin(known);
    await round.prepare(cursorsOf(due));
    let given = 0;
    for (const subscriber of due) {
      if (!this.#give(round, subscriber, known.get(subscriber.userId))) continue;
      if (++given % SLICE === 0) await nextTurn();
    }
    round.end();
    return !hadNews && given === 0;
  }

  #give(
    round: Round<Cursor, P>,
    subscriber: Subscriber<Cursor>,
    permission: P | undefined,
  ): boolean {
    const { sink } = subscriber;
    // Also who reads nothing: waiting for them any longer would bring them nothing.
    if (round.isLost(subscriber)) {
      this.unsubscribe(subscriber);
      sink.terminate();
      return false;
    }
    if (!permission || sink.unsent() > MAX_UNSENT) {
      this.#pending.add(subscriber);
      return false;
    }
    const step = round.next(subscriber, permission);
    if (step?.hasMore) this.#pending.add(subscriber);
    else if (this.#pending.size > 0) this.#pending.delete(subscriber);
    if (!step) return false;
    subscriber.cursor = step.cursor;
    const batch = step.batchFor(subscriber.userId);
    if (batch) {
      step.given++;
      sink.put(batch);
    }
    subscriber.onMoved?.(step.cursor);
    return batch !== null;
  }
}

function* cursorsOf<Cursor>(subscribers: Iterable<Subscriber<Cursor>>) {
  for (const { cursor } of subscribers) yield cursor;
}
