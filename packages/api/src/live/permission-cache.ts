/**
 * What each person who is there may see, as Postgres said it, until it may have changed.
 *
 * Before anything is given out the cache is settled: everything that was invalidated, or is older
 * than the stream allows, is asked for, and so are sessions and tokens (credential-watch.ts). Without
 * an answer nothing is given out. Who may see nothing any more is revoked: their subscriptions end.
 */
import { setTimeout as delay } from "node:timers/promises";
import { notFound } from "../core/errors.ts";
import type { CredentialWatch } from "./credential-watch.ts";

/** While the database is away: how long to wait before asking it again. */
export const OUTAGE_MS = 500;

/** People with the same key see the same. */
export type Permission = { readonly key: string };

/** A subscription of somebody, or their being there. */
export type Member = {
  readonly userId: string;
  /** Ends it, with an error that its client gets. */
  readonly end: (error: Error) => void;
};

type Options<P> = {
  /** Of these people; who may see nothing is not in it. */
  read: (userIds: string[]) => Promise<Map<string, P>>;
  /** What they may not see any more, for the sentence that tells them. */
  what: string;
  credentials: CredentialWatch;
  onError: (error: unknown) => void;
};

/** How old an answer may be; of this person only, or of all. */
export type Freshness = { maxAgeMs: number; userId?: string };

export class PermissionCache<P extends Permission> {
  readonly #options: Options<P>;
  readonly #members = new Map<string, Set<Member>>();
  #known = new Map<string, P>();
  readonly #askedAt = new Map<string, number>();
  readonly #shared = new Map<string, P>();
  /** Those about whom Postgres must be asked. */
  readonly #unknown = new Set<string>();
  #asking: Promise<void> | null = null;
  #settling: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: Options<P>) {
    this.#options = options;
  }

  /** Replaced, not changed, when everything is invalidated: what is being given out goes by the old. */
  get known(): ReadonlyMap<string, P> {
    return this.#known;
  }

  add(member: Member) {
    const { userId } = member;
    const theirs = this.#members.get(userId) ?? new Set();
    this.#members.set(userId, theirs.add(member));
    if (!this.#known.has(userId)) this.#unknown.add(userId);
  }

  delete(member: Member) {
    const { userId } = member;
    const theirs = this.#members.get(userId);
    if (!theirs?.delete(member) || theirs.size > 0) return;
    this.#members.delete(userId);
    this.#known.delete(userId);
    this.#askedAt.delete(userId);
    this.#unknown.delete(userId);
  }

  /** Rights may have changed: of this person, or of anybody. They are asked for now. */
  invalidate(userId?: string) {
    if (userId === undefined) {
      this.#known = new Map();
      this.#shared.clear();
      for (const each of this.#members.keys()) this.#unknown.add(each);
    } else if (this.#members.has(userId)) {
      // Also when they are being asked about: that answer may be from before.
      this.#known.delete(userId);
      this.#unknown.add(userId);
    }
    this.#settling ??= this.#settleInBackground().finally(() => {
      this.#settling = null;
    });
  }

  /** Resolves when everybody is known, as recently as asked for; the others were revoked. */
  async settle(freshness: Freshness) {
    this.#expire(freshness);
    // Again for what came while we asked: it may have been a session's end as well as a right's.
    do {
      await this.#options.credentials.fresh();
      if (this.#unknown.size > 0 || this.#asking) await this.#ask();
    } while (this.#unknown.size > 0);
  }

  async close() {
    this.#isClosed = true;
    await this.#settling;
  }

  async #settleInBackground() {
    while (this.#unknown.size > 0 && !this.#isClosed) {
      try {
        await this.settle({ maxAgeMs: Number.POSITIVE_INFINITY });
      } catch (error) {
        this.#options.onError(error);
        if (!this.#isClosed) await delay(OUTAGE_MS);
      }
    }
  }

  #expire({ maxAgeMs, userId }: Freshness) {
    if (maxAgeMs === Number.POSITIVE_INFINITY) return;
    const since = Date.now() - maxAgeMs;
    for (const each of userId === undefined ? this.#known.keys() : [userId]) {
      if ((this.#askedAt.get(each) ?? 0) < since) this.#unknown.add(each);
    }
  }

  #ask(): Promise<void> {
    this.#asking ??= this.#askNow().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #askNow() {
    const asked = new Set(this.#unknown);
    this.#unknown.clear();
    const askedAt = Date.now();
    try {
      const found = await this.#options.read([...asked]);
      for (const id of asked) {
        const permission = found.get(id);
        if (!permission) this.#revoke(id);
        // Invalidated again while we asked: this answer may be from before.
        else if (!this.#unknown.has(id) && this.#members.has(id)) {
          this.#known.set(id, this.#share(permission));
          this.#askedAt.set(id, askedAt);
        }
      }
    } catch (error) {
      for (const id of asked) this.#unknown.add(id);
      throw error;
    }
  }

  /** One object for each key, so that what is made for it is made once. */
  #share(permission: P): P {
    const shared = this.#shared.get(permission.key) ?? permission;
    this.#shared.set(permission.key, shared);
    return shared;
  }

  #revoke(userId: string) {
    this.#known.delete(userId);
    const error = notFound(this.#options.what);
    for (const member of [...(this.#members.get(userId) ?? [])]) member.end(error);
  }
}
