/**
 * Who is there, as this worker knows it: its own people, and those that the other workers tell of.
 * Nothing of it is ever written down.
 *
 * Workers tell each other everything they know of their own people, whole, when it has changed and
 * every few seconds: a lost message is mended by the next, and who is not heard of expires.
 *
 * Rights: before anything is told, the permissions are settled, and what somebody says of themselves
 * is told only as far as they may see it themselves (`visibleOwn`) and so may who is told (`shown`).
 */
import { Broadcaster, type Round, type Stream, type Subscriber } from "./broadcaster.ts";
import type { LiveEvent } from "./encoded-batch.ts";
import type { Membership, Subscription } from "./membership.ts";
import type { Member, Permission, PermissionCache } from "./permission-cache.ts";
import { type News, Snapshot } from "./snapshot.ts";

const RIGHTS_AGE_MS = 1_000;

/** What goes over the bus. `entries` null: that worker has nobody there any more. */
export type PresenceMessage<Entry> =
  | { worker: string; entries: Entry[] | null }
  | { key: string; change: Partial<Entry> };

export type PresenceTimes = {
  /** How often the other workers are told although nothing has changed. */
  renewMs: number;
  /** How long a worker's word holds. */
  expireMs: number;
  /** Somebody who left is still shown for so long: a page that is loaded again does not flicker. */
  lingerMs: number;
};

export type PresenceConfig<Entry, Item, P> = {
  /** Who it is, the same in every message and on every worker. */
  keyOf: (entry: Entry) => string;
  /** When this is another text, the other workers are told. */
  toldAs: (entry: Entry) => string;
  /** What the others may be told of it, by this person's own permission. */
  visibleOwn: (entry: Entry, permission: P) => Entry;
  /** What people with this permission are shown. */
  shown: (everyone: Entry[], permission: P) => Item[];
  itemKey: (item: Item) => string;
  encode: (news: News<Item>) => LiveEvent;
  pauseAfter: (tookMs: number) => number;
  /** Goes to the other workers and to this one. */
  publish: (message: PresenceMessage<Entry>) => void;
  worker: string;
  times: PresenceTimes;
  onError: (error: unknown) => void;
};

/** Asked about as long as they are shown, which is longer than their subscription is open. */
type Own<Entry> = Member & { entry: Entry; lingering?: NodeJS.Timeout };

export class PresenceChannel<Entry extends object, Item, P extends Permission> {
  readonly #config: PresenceConfig<Entry, Item, P>;
  readonly #permissions: PermissionCache<P>;
  readonly #broadcaster: Broadcaster<Snapshot<Item> | null, P>;
  /** Those of this worker, and of them those who left a moment ago. */
  readonly #own = new Set<Own<Entry>>();
  readonly #others = new Map<string, { heardAt: number; entries: Entry[] }>();
  #told = { text: "", at: 0 };

  constructor(config: PresenceConfig<Entry, Item, P>, permissions: PermissionCache<P>) {
    this.#config = config;
    this.#permissions = permissions;
    const { pauseAfter, onError } = config;
    const begin: Stream<Snapshot<Item> | null, P>["begin"] = (known) => this.#begin(known);
    const stream = { maxAgeMs: RIGHTS_AGE_MS, pauseAfter, begin };
    this.#broadcaster = new Broadcaster({ stream, permissions, onError });
  }

  /** Shown to the others as being there until the membership ends. */
  join(membership: Membership, entry: Entry) {
    const { userId } = membership;
    // Whoever went on to another place, or came back, does not linger where they were.
    this.#forgetLingering(userId);
    const own: Own<Entry> = { userId, entry, end: () => this.#drop(own) };
    this.#own.add(own);
    this.#permissions.add(own);
    this.#broadcaster.notify();
    // Whose session has ended does not linger.
    membership.ended.catch(() => {
      this.#forgetLingering(userId);
      this.#drop(own);
    });
    membership.onLeave(() => this.#leave(own));
  }

  subscribe(membership: Membership): Subscription {
    const start: Subscription["start"] = (sink) => {
      if (membership.isOver) return;
      const { userId } = membership;
      const subscriber: Subscriber<Snapshot<Item> | null> = { userId, sink, cursor: null };
      this.#broadcaster.subscribe(subscriber);
      membership.onLeave(() => this.#broadcaster.unsubscribe(subscriber));
    };
    return { start, ended: membership.ended, leave: membership.leave };
  }

  /** What is known of somebody, on whatever worker they are. */
  find(key: string): Entry | null {
    return this.#everyone().findLast((entry) => this.#config.keyOf(entry) === key) ?? null;
  }

  receive(message: PresenceMessage<Entry>) {
    if ("key" in message) return this.#change(message);
    const { worker, entries } = message;
    if (worker === this.#config.worker) return;
    // A worker that has just come knows nobody.
    if (entries && !this.#others.has(worker)) this.#told.text = "";
    if (entries) this.#others.set(worker, { heardAt: Date.now(), entries });
    else this.#others.delete(worker);
    this.#broadcaster.notify();
  }

  /** Those who may have different rights now are shown accordingly. */
  refresh() {
    this.#broadcaster.notify();
  }

  has(which: (entry: Entry) => boolean): boolean {
    return this.#everyone().some(which);
  }

  /** Something has become of what they are at: each entry is changed in place. */
  amend(change: (entry: Entry) => void) {
    for (const entry of this.#everyone()) change(entry);
    this.#broadcaster.notify();
  }

  /** From time to time: forgets workers that are not heard any more, and renews our own word. */
  tick() {
    const { expireMs, renewMs } = this.#config.times;
    const now = Date.now();
    for (const [worker, { heardAt }] of this.#others) {
      if (heardAt > now - expireMs) continue;
      this.#others.delete(worker);
      this.#broadcaster.notify();
    }
    if (this.#told.at <= now - renewMs) this.reannounce();
  }

  /** The others may have missed what we said. */
  reannounce() {
    if (this.#own.size === 0) return;
    this.#told.text = "";
    this.#broadcaster.notify();
  }

  async close(how: { silently: boolean }) {
    const given = this.#broadcaster.close();
    for (const { lingering } of this.#own) clearTimeout(lingering);
    const { worker, publish } = this.#config;
    if (!how.silently && this.#told.at > 0) publish({ worker, entries: null });
    await given;
  }

  #leave(own: Own<Entry>) {
    const { lingerMs } = this.#config.times;
    if (lingerMs === 0 || !this.#own.has(own)) return this.#drop(own);
    own.lingering = setTimeout(() => this.#drop(own), lingerMs).unref();
  }

  #drop(own: Own<Entry>) {
    clearTimeout(own.lingering);
    this.#permissions.delete(own);
    if (this.#own.delete(own)) this.#broadcaster.notify();
  }

  #forgetLingering(userId: string) {
    for (const each of this.#own) if (each.lingering && each.userId === userId) this.#drop(each);
  }

  #change({ key, change }: { key: string; change: Partial<Entry> }) {
    for (const entry of this.#everyone()) {
      if (this.#config.keyOf(entry) === key) Object.assign(entry, change);
    }
    this.#broadcaster.notify();
  }

  #everyone(): Entry[] {
    const others = [...this.#others.values()].flatMap(({ entries }) => entries);
    return [...others, ...[...this.#own].map(({ entry }) => entry)];
  }

  #begin(known: ReadonlyMap<string, P>): Round<Snapshot<Item> | null, P> {
    const { shown, itemKey, encode, visibleOwn } = this.#config;
    const own = [...this.#own].flatMap(({ userId, entry }) => {
      const permission = known.get(userId);
      return permission ? [visibleOwn(entry, permission)] : [];
    });
    this.#announce(own);
    const everyone = [...[...this.#others.values()].flatMap(({ entries }) => entries), ...own];
    const seen = new Map<P, Snapshot<Item>>();
    return {
      prepare: async () => {},
      isLost: () => false,
      next: ({ cursor }, permission) => {
        const made = () => new Snapshot(shown(everyone, permission), { keyOf: itemKey, encode });
        const snapshot = seen.get(permission) ?? made();
        seen.set(permission, snapshot);
        const batch = snapshot.since(cursor);
        return { cursor: snapshot, hasMore: false, batchFor: () => batch, given: 0 };
      },
      end: () => {},
    };
  }

  #announce(entries: Entry[]) {
    const text = entries.map(this.#config.toldAs).join("\n");
    if (text === this.#told.text) return;
    this.#told = { text, at: Date.now() };
    this.#config.publish({ worker: this.#config.worker, entries });
  }
}
