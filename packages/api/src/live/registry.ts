/**
 * The topics of one kind that somebody on this worker is in: opened by the first, closed after the
 * last, and polled while they are silent, since a lost message that no later one reveals shows
 * nowhere but in Postgres.
 */
import type { Bus } from "../core/bus/bus.ts";

/** How often within the time of silence: once would find some only after twice of it. */
const POLLS = 4;

export type Topic = {
  /** When something was last heard of its log; moved when Postgres is asked instead. */
  readonly log: { heardAt: number; reach(seq: number): void };
  /** Rights may have changed: of this person, or of anybody. */
  invalidate(userId?: string): void;
  /** From time to time. */
  tick(): void;
  /** Messages may have been missed. */
  onGap(): void;
  /** Resolves when it asks nothing any more. */
  close(how: { silently: boolean }): Promise<void>;
};

type Options<Key, T> = {
  bus: Bus;
  open: (key: Key) => Promise<T>;
  /** How far each of these logs has come; those that are gone are not in it. */
  readEnds: (ids: string[]) => Promise<Map<string, number>>;
  /** How long a topic may be silent before Postgres is asked. */
  silenceMs: number;
  /** How long it stays open after the last has left. */
  lingerMs: number;
  onError: (error: unknown) => void;
};

type Entry<T> = { users: number; opening: Promise<T>; topic: T | null; closing?: NodeJS.Timeout };

export type Lease<T> = { topic: T; release(): void };

export class Registry<Key extends { id: string }, T extends Topic> {
  readonly #options: Options<Key, T>;
  readonly #entries = new Map<string, Entry<T>>();
  readonly #timer: NodeJS.Timeout;
  /** What is being asked or closed. */
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: Options<Key, T>) {
    this.#options = options;
    const { silenceMs, bus } = options;
    bus.onGap(() => {
      for (const topic of this.topics()) topic.onGap();
      this.#track(this.#poll(0));
    });
    this.#timer = setInterval(() => this.#track(this.#poll(silenceMs)), silenceMs / POLLS).unref();
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  get(id: string): T | null {
    return this.#entries.get(id)?.topic ?? null;
  }

  *topics(): Generator<T> {
    for (const { topic } of this.#entries.values()) if (topic) yield topic;
  }

  /** From now on it is open, until released. */
  async acquire(key: Key): Promise<Lease<T>> {
    const entry = this.#entries.get(key.id) ?? this.#open(key);
    clearTimeout(entry.closing);
    entry.users++;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      if (--entry.users === 0) this.#closeLater(key.id, entry);
    };
    try {
      return { topic: await entry.opening, release };
    } catch (error) {
      // Whoever comes next tries again.
      if (this.#entries.get(key.id) === entry) this.#entries.delete(key.id);
      throw error;
    }
  }

  /** Without a word to the other workers: those who were here come to one of them in a moment. */
  async stop() {
    clearInterval(this.#timer);
    for (const [id, entry] of this.#entries) this.#close(id, entry, true);
    await Promise.all(this.#underWay);
  }

  #track(work: Promise<void>) {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  #open(key: Key): Entry<T> {
    const entry: Entry<T> = { users: 0, opening: this.#options.open(key), topic: null };
    this.#entries.set(key.id, entry);
    entry.opening.then(
      (topic) => {
        entry.topic = topic;
      },
      () => {},
    );
    return entry;
  }

  #closeLater(id: string, entry: Entry<T>) {
    const { lingerMs } = this.#options;
    const close = () => this.#close(id, entry, false);
    if (lingerMs === 0) close();
    else entry.closing = setTimeout(close, lingerMs).unref();
  }

  #close(id: string, entry: Entry<T>, silently: boolean) {
    clearTimeout(entry.closing);
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
    // One that could not be opened needs no end; who asked for it was told.
    this.#track(entry.opening.then((topic) => topic.close({ silently })).catch(() => {}));
  }

  /** Commits whose messages were lost, and what is gone: the database tells, in one query. */
  async #poll(silenceMs: number) {
    try {
      for (const topic of this.topics()) topic.tick();
      const since = Date.now() - silenceMs;
      const silent = new Map<string, T>();
      for (const [id, { topic }] of this.#entries) {
        if (topic && topic.log.heardAt <= since) silent.set(id, topic);
      }
      if (silent.size === 0) return;
      // Asked once for each time of silence, however often it is polled.
      for (const { log } of silent.values()) log.heardAt = Date.now();
      const ends = await this.#options.readEnds([...silent.keys()]);
      for (const [id, topic] of silent) {
        const end = ends.get(id);
        if (end === undefined) topic.invalidate();
        else topic.log.reach(end);
      }
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
