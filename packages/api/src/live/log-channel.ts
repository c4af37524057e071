/**
 * A log and its subscribers: each gets what came after their cursor, then the word that they have it
 * all, then what comes, in order, each once.
 *
 * Reading the backlog and then listening leaves a hole between the two; listening and then reading
 * leaves none, only repeats, and those are dropped by number. So the topic listens from its opening
 * on, a subscriber's backlog is read from Postgres page by page (catch-up.ts) until memory reaches
 * from their cursor on, and the broadcaster does the rest.
 */
import { Broadcaster, MAX_UNSENT, type Round, type Step, type Subscriber } from "./broadcaster.ts";
import { type CatchUp, type CaughtUp, catchUp } from "./catch-up.ts";
import { EncodedBatch, type LiveEvent } from "./encoded-batch.ts";
import type { Membership, Subscription } from "./membership.ts";
import { OrderedLog } from "./ordered-log.ts";
import type { Permission, PermissionCache } from "./permission-cache.ts";
import type { MemoryBounds, Numbered } from "./recent.ts";

const TICK_MS = 40;

/** Where a log stands: below its floor nothing is kept, and another epoch is another log. */
export type LogPosition = { seq: number; epoch: string; floor: number };

/** The cursor that a client brings. */
export type Cursor = {
  lastEventId?: number | null | undefined;
  epoch?: string | null | undefined;
};

/** What one kind of log is. */
export type LogConfig<Entry extends Numbered, P extends Permission> = {
  read: (after: number) => Promise<Entry[]>;
  /** Null when the thing it belongs to is gone. */
  readPosition: () => Promise<LogPosition | null>;
  /** Where they begin who bring no cursor, or one that means nothing here. */
  startOf: (position: LogPosition) => number;
  /** Whether each number is an entry of its own; otherwise one may stand for many. */
  isGapless: boolean;
  /** The word that a subscriber has all there was, and that they must read everything afresh. */
  live: (seq: number, epoch: string) => LiveEvent;
  reset: (seq: number, epoch: string) => LiveEvent;
  /** What of these the people with this permission get; made once for all of them. */
  encode: (entries: Entry[], permission: P) => (userId: string) => EncodedBatch | null;
  /** Asks what must be known of these before they are given out. */
  prepare: (entries: Entry[]) => Promise<void>;
  /** Whether these change what somebody may see. */
  changesRights: (entries: Entry[]) => boolean;
  /** How old what is known of a person's rights may be when something is given out. */
  maxAgeMs: number;
  memory: MemoryBounds;
  sizeOf: (entry: Entry) => number;
  what: string;
  onEntries: (entries: Entry[]) => void;
  onDelivered: (entries: Entry[], subscribers: number) => void;
  onBackfill: () => void;
  onError: (error: unknown) => void;
};

type LogStep<Entry> = Step<number> & { entries: Entry[] };

export class LogChannel<Entry extends Numbered, P extends Permission> {
  readonly config: LogConfig<Entry, P>;
  readonly log: OrderedLog<Entry>;
  readonly #permissions: PermissionCache<P>;
  readonly #broadcaster: Broadcaster<number, P>;

  constructor(config: LogConfig<Entry, P>, permissions: PermissionCache<P>) {
    this.config = config;
    this.#permissions = permissions;
    const { onError, maxAgeMs } = config;
    this.log = new OrderedLog({ ...config, onEntries: (entries) => this.#onEntries(entries) });
    const pauseAfter = (tookMs: number) => TICK_MS - tookMs;
    const stream = { maxAgeMs, pauseAfter, begin: () => this.#begin() };
    this.#broadcaster = new Broadcaster({ stream, permissions, onError });
  }

  get subscribers(): number {
    return this.#broadcaster.size;
  }

  subscribe(membership: Membership, from: Cursor): Subscription {
    const start: Subscription["start"] = (sink) => {
      const { userId } = membership;
      const reader: CatchUp = { membership, from, sink };
      catchUp(reader, { channel: this, permissions: this.#permissions })
        .then((caughtUp) => {
          if (!caughtUp || membership.isOver) return;
          const subscriber = this.#subscriberAt(caughtUp, { userId, sink });
          this.#broadcaster.subscribe(subscriber);
          membership.onLeave(() => this.#broadcaster.unsubscribe(subscriber));
        })
        .catch(membership.end);
    };
    return { start, ended: membership.ended, leave: membership.leave };
  }

  async close() {
    await Promise.all([this.log.close(), this.#broadcaster.close()]);
  }

  #onEntries(entries: Entry[]) {
    this.config.onEntries(entries);
    if (this.#broadcaster.size > 0) this.#broadcaster.notify();
    else this.log.recent.shorten(this.log.last);
  }

  /** Says that they have all there was once they do. */
  #subscriberAt(
    { cursor, end, epoch }: CaughtUp,
    who: Pick<Subscriber<number>, "userId" | "sink">,
  ) {
    const subscriber: Subscriber<number> = { ...who, cursor };
    subscriber.onMoved = (reached) => {
      if (reached < end) return;
      subscriber.onMoved = undefined;
      who.sink.put(new EncodedBatch([this.config.live(reached, epoch)]));
    };
    subscriber.onMoved(cursor);
    // What was there then may not have been heard of yet.
    this.log.reach(end);
    return subscriber;
  }

  #begin(): Round<number, P> {
    const { log, config } = this;
    const { last } = log;
    const made = new Map<P, Map<number, LogStep<Entry>>>();
    const shared = (cursor: number, permission: P) => {
      const steps = made.get(permission) ?? new Map<number, LogStep<Entry>>();
      const known = steps.get(cursor);
      if (known) return known;
      const step = this.#stepFrom(cursor, last, permission);
      made.set(permission, steps.set(cursor, step));
      return step;
    };
    return {
      prepare: async (cursors) => {
        let least = last;
        for (const cursor of cursors) if (cursor < least) least = cursor;
        await config.prepare(log.recent.after(least));
      },
      isLost: ({ cursor }) => cursor < last && !log.recent.reaches(cursor),
      // Who read on by themselves is ahead: the others have yet to come as far.
      next: ({ cursor }, permission) => (cursor < last ? shared(cursor, permission) : null),
      end: () => {
        for (const steps of made.values()) {
          for (const { entries, given } of steps.values()) {
            if (given > 0) config.onDelivered(entries, given);
          }
        }
        log.recent.shorten(last);
      },
    };
  }

  #stepFrom(cursor: number, last: number, permission: P): LogStep<Entry> {
    const missed = this.log.recent.after(cursor).filter(({ seq }) => seq <= last);
    const entries = this.#firstOf(missed);
    const reached = entries.at(-1)?.seq ?? last;
    return {
      entries,
      cursor: reached,
      hasMore: reached < last,
      batchFor: this.config.encode(entries, permission),
      given: 0,
    };
  }

  /** As much as may lie unsent; one entry is never too large to go alone. */
  #firstOf(entries: Entry[]): Entry[] {
    let bytes = 0;
    const end = entries.findIndex((entry) => {
      bytes += this.config.sizeOf(entry);
      return bytes > MAX_UNSENT;
    });
    return end < 0 ? entries : entries.slice(0, Math.max(1, end));
  }
}
