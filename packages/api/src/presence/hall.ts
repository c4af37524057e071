/**
 * Who is here in one workspace, as this worker knows it: its own people, and those that the other
 * workers tell of. Nothing of it is ever written down.
 *
 * Rights: before anything is told, Postgres is asked, in one statement for all of this worker, who
 * is still a member and which projects each may see. A place is told of only when the person who is
 * there may see it and so may the one who is told. Without an answer nothing is told.
 *
 * Pace: five hundred people who come, go and move are a few messages a second for each subscriber,
 * and never more than a tenth of the worker's time. A doubt about somebody's rights waits for nothing.
 *
 * Workers tell each other everything they know of their own people, whole, when it has changed and
 * every few seconds: a lost message heals by the next, and who is not heard of is forgotten.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Audience } from "../core/audiences.ts";
import { notFound } from "../core/errors.ts";
import type { Spot } from "../core/here.ts";
import { gather, Snapshot, type Stay } from "./snapshot.ts";
import type { Watcher } from "./watcher.ts";

const PACE_MS = 500;
/** So much longer than it took to tell everybody is the pause before the next time. */
const PAUSE_PER_WORK = 9;
const SLICE = 100;
const OUTAGE_MS = 500;

export type Guest = {
  readonly userId: string;
  readonly end: (error: Error) => void;
} & (
  | { readonly kind: "stay"; readonly spot: Spot | null }
  | { readonly kind: "watch"; readonly watcher: Watcher }
);

/** What goes over the bus; null: this worker has nobody here any more. */
export type Letter = { worker: string; stays: Stay[] | null };

export type HallTimes = {
  /** How often the other workers are told although nothing has changed. */
  renewMs: number;
  /** How long a worker's word holds. */
  expireMs: number;
  /** Somebody who left is still shown for so long: a page that is loaded again does not flicker. */
  lingerMs: number;
};

type Options = HallTimes & {
  worker: string;
  publish: (letter: Letter) => void;
  readAudiences: (userIds: string[]) => Promise<Map<string, Audience>>;
  credentialsFresh: () => Promise<void>;
  onError: (error: unknown) => void;
};

type Lingering = { userId: string; spot: Spot | null; timer: NodeJS.Timeout };

export class Hall {
  readonly #options: Options;
  readonly #guests = new Set<Guest>();
  readonly #lingering = new Set<Lingering>();
  readonly #others = new Map<string, { heardAt: number; stays: Stay[] }>();
  #doubts = 0;
  #timer: NodeJS.Timeout | undefined;
  #nextAt = 0;
  #isWorking = false;
  #again = false;
  #told = { text: "", at: 0 };
  #isClosed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  enter(guest: Guest) {
    this.#guests.add(guest);
    // Whoever went on to another place, or came back, does not linger where they were.
    if (guest.kind === "stay") this.#forgetLingering(guest.userId);
    this.#soon();
  }

  leave(guest: Guest) {
    if (!this.#guests.delete(guest) || guest.kind === "watch") return;
    const { userId, spot } = guest;
    const timer = setTimeout(() => {
      this.#lingering.delete(lingering);
      this.#soon();
    }, this.#options.lingerMs).unref();
    const lingering = { userId, spot, timer };
    this.#lingering.add(lingering);
  }

  /** At once, and without lingering. */
  showOut(guest: Guest, error: Error) {
    this.#guests.delete(guest);
    this.#forgetLingering(guest.userId);
    guest.end(error);
    this.#doubt();
  }

  /** Rights may have changed: of this person, or of anybody. */
  doubt(userId?: string) {
    const isHere = ({ userId: id }: { userId: string }) => userId === undefined || id === userId;
    if ([...this.#guests, ...this.#lingering].some(isHere)) this.#doubt();
  }

  hear({ worker, stays }: Letter) {
    if (worker === this.#options.worker) return;
    const isNew = !this.#others.has(worker);
    if (stays) this.#others.set(worker, { heardAt: Date.now(), stays });
    else this.#others.delete(worker);
    // A worker that has just come knows nobody.
    if (isNew && stays) this.#told.text = "";
    this.#soon();
  }

  /** From time to time: forgets workers that are not heard any more, and renews our own word. */
  tend() {
    const { expireMs, renewMs } = this.#options;
    const now = Date.now();
    for (const [worker, { heardAt }] of this.#others) {
      if (heardAt > now - expireMs) continue;
      this.#others.delete(worker);
      this.#soon();
    }
    if (this.#told.at <= now - renewMs) this.tellAnew();
  }

  /** The others may have missed what we said. */
  tellAnew() {
    this.#told.text = "";
    this.#soon();
  }

  close(how: { silently: boolean }) {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const { timer } of this.#lingering) clearTimeout(timer);
    const { worker, publish } = this.#options;
    if (!how.silently) publish({ worker, stays: null });
  }

  #doubt() {
    this.#doubts++;
    this.#nextAt = 0;
    this.#soon();
  }

  #forgetLingering(userId: string) {
    for (const each of this.#lingering) {
      if (each.userId !== userId) continue;
      clearTimeout(each.timer);
      this.#lingering.delete(each);
    }
  }

  #soon() {
    this.#again = true;
    if (this.#isWorking || this.#isClosed) return;
    clearTimeout(this.#timer);
    const wait = Math.max(0, this.#nextAt - performance.now());
    this.#timer = setTimeout(() => void this.#round(), wait);
  }

  async #round() {
    this.#isWorking = true;
    this.#again = false;
    try {
      await this.#options.credentialsFresh();
      const { audiences, doubts } = await this.#askWhoMay();
      if (this.#isClosed) return;
      const startedAt = performance.now();
      const own = this.#ownStays(audiences);
      this.#tellWorkers(own);
      await this.#tellWatchers(audiences, own);
      const took = performance.now() - startedAt;
      this.#nextAt = startedAt + took + Math.max(PACE_MS, took * PAUSE_PER_WORK);
      if (doubts !== this.#doubts) this.#nextAt = 0;
    } catch (error) {
      this.#options.onError(error);
      this.#again = true;
      this.#nextAt = performance.now() + OUTAGE_MS;
    } finally {
      this.#isWorking = false;
    }
    if (this.#again) this.#soon();
  }

  async #askWhoMay() {
    for (;;) {
      const doubts = this.#doubts;
      const present = [...this.#guests];
      const ids = new Set([...present, ...this.#lingering].map(({ userId }) => userId));
      const audiences = await this.#options.readAudiences([...ids]);
      // Doubted while we asked: this answer may be from before.
      if (doubts !== this.#doubts) continue;
      const removed = present.filter(({ userId }) => !audiences.has(userId));
      for (const guest of removed) this.showOut(guest, notFound("workspace"));
      return { audiences, doubts: this.#doubts };
    }
  }

  #ownStays(audiences: ReadonlyMap<string, Audience>): Stay[] {
    const stays: Stay[] = [];
    const note = (userId: string, spot: Spot | null) => {
      const audience = audiences.get(userId);
      if (!audience) return;
      const maySee = spot && (audience.seesAll || audience.areaIds.has(spot.within));
      stays.push({ userId, spots: maySee ? [spot] : [] });
    };
    for (const guest of this.#guests) if (guest.kind === "stay") note(guest.userId, guest.spot);
    for (const { userId, spot } of this.#lingering) note(userId, spot);
    return gather(stays);
  }

  #tellWorkers(stays: Stay[]) {
    const text = JSON.stringify(stays);
    if (text === this.#told.text) return;
    this.#told = { text, at: Date.now() };
    this.#options.publish({ worker: this.#options.worker, stays });
  }

  async #tellWatchers(audiences: ReadonlyMap<string, Audience>, own: Stay[]) {
    const others = [...this.#others.values()].flatMap(({ stays }) => stays);
    const everyone = gather([...own, ...others]);
    const seen = new Map<Audience, Snapshot>();
    let told = 0;
    for (const guest of this.#guests) {
      const audience = audiences.get(guest.userId);
      // Who came while we asked is told next time.
      if (guest.kind !== "watch" || !audience) continue;
      const snapshot = seen.get(audience) ?? new Snapshot(audience, everyone);
      seen.set(audience, snapshot);
      guest.watcher.put(snapshot);
      if (++told % SLICE === 0) await nextTurn();
    }
  }
}
