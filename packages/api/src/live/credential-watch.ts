/**
 * Whether the sessions and tokens of open subscriptions are still good, asked for all of a worker at
 * once.
 *
 * A delivery rides on an answer that is at most a second old, so a revocation takes effect within a
 * second even when the message of it was lost. While there is something to deliver the next answer is
 * fetched before the last one is too old: deliveries then seldom wait for it.
 */
import type { Actor } from "../core/context.ts";

export type LiveCredentials = {
  /** Those of these ids that open nothing any more. */
  gone(ids: { sessions: string[]; tokens: string[] }): Promise<ReadonlySet<string>>;
  /** A subscription in use keeps its session alive, as calls do. */
  renew(sessionIds: string[]): Promise<void>;
};

type Credential = Actor["credential"];

const GOOD_FOR_MS = 1_000;
const ASK_AGAIN_MS = 600;
/** An idle subscription also notices that its session ended, without anything delivered or heard. */
export const IDLE_MS = 3_000;
const RENEW_MS = 30_000;

export class CredentialWatch {
  readonly #credentials: LiveCredentials;
  readonly #onError: (error: unknown) => void;
  readonly #watched = new Map<string, { kind: Credential["kind"]; ends: Set<() => void> }>();
  #askedAt = 0;
  #invalidations = 0;
  #asking: Promise<void> | null = null;
  #idle: NodeJS.Timeout | null = null;
  #renewedAt = Date.now();

  constructor(credentials: LiveCredentials, onError: (error: unknown) => void) {
    this.#credentials = credentials;
    this.#onError = onError;
  }

  /** Calls `end` once the credential is found gone; returns the function that ends the watch. */
  watch({ id, kind }: Credential, end: () => void): () => void {
    const watched = this.#watched.get(id) ?? { kind, ends: new Set() };
    watched.ends.add(end);
    this.#watched.set(id, watched);
    this.#idle ??= setInterval(() => this.#pollWhileIdle(), IDLE_MS).unref();
    return () => {
      watched.ends.delete(end);
      if (watched.ends.size === 0 && this.#watched.get(id) === watched) this.#watched.delete(id);
    };
  }

  /** Resolves when all that are watched were good at most a second ago; the others were ended. */
  async fresh(): Promise<void> {
    const now = Date.now();
    while (this.#askedAt < now - GOOD_FOR_MS) await this.#ask();
    // Only ahead of its time: who needs that answer asks again and gets the error.
    if (this.#askedAt < now - ASK_AGAIN_MS) this.#ask().catch(() => {});
  }

  /** The next delivery asks again: something may have changed. */
  invalidate() {
    this.#invalidations++;
    this.#askedAt = 0;
  }

  /** Nothing is asked any more, and what was being asked is answered. */
  async stop() {
    if (this.#idle) clearInterval(this.#idle);
    await this.#asking?.catch(() => {});
  }

  #ask(): Promise<void> {
    this.#asking ??= this.#askNow().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #askNow() {
    const askedAt = Date.now();
    const invalidations = this.#invalidations;
    const gone = await this.#credentials.gone(this.#ids());
    for (const id of gone) for (const end of [...(this.#watched.get(id)?.ends ?? [])]) end();
    // An invalidation that came while we asked is not answered yet.
    if (this.#invalidations === invalidations) this.#askedAt = askedAt;
  }

  #pollWhileIdle() {
    if (this.#watched.size === 0) return;
    this.#ask()
      .then(() => this.#renew())
      .catch(this.#onError);
  }

  async #renew() {
    if (Date.now() - this.#renewedAt < RENEW_MS) return;
    this.#renewedAt = Date.now();
    await this.#credentials.renew(this.#ids().sessions);
  }

  #ids() {
    const ids: { sessions: string[]; tokens: string[] } = { sessions: [], tokens: [] };
    for (const [id, { kind }] of this.#watched) {
      (kind === "session" ? ids.sessions : ids.tokens).push(id);
    }
    return ids;
  }
}
