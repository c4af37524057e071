/** Who is here now, on every worker: keeps a hall for each workspace that somebody here is in. */
import { randomUUID } from "node:crypto";
import type { Db } from "@guildhall/db";
import { readAudiences } from "../core/audiences.ts";
import type { Bus } from "../core/bus.ts";
import type { Actor } from "../core/context.ts";
import type { CredentialWatch } from "../core/credential-watch.ts";
import { signInFirst } from "../core/errors.ts";
import type { Feed } from "../core/feed.ts";
import type { Presence, Spot, Visit, Watch } from "../core/here.ts";
import { touchesRights } from "../core/room.ts";
import type { Signals } from "../core/signals.ts";
import { type Guest, Hall, type HallTimes, type Letter } from "./hall.ts";
import { Watcher } from "./watcher.ts";

const times: HallTimes = { renewMs: 10_000, expireMs: 25_000, lingerMs: 4_000 };

type Options = Partial<HallTimes> & {
  db: Db;
  bus: Bus;
  feed: Feed;
  signals: Signals;
  credentials: CredentialWatch;
  onError: (error: unknown) => void;
};

type Entry = {
  hall: Hall;
  /** Resolves once it hears of changed rights, with the function that ends that. */
  listening: Promise<() => void>;
  leaveBus: () => void;
  guests: number;
  closing: NodeJS.Timeout | undefined;
};

const channel = (workspaceId: string) => `presence:${workspaceId}`;

export class WorkerPresence implements Presence {
  readonly #options: Options & HallTimes;
  readonly #worker = randomUUID();
  readonly #halls = new Map<string, Entry>();
  readonly #tending: NodeJS.Timeout;

  constructor(options: Options) {
    this.#options = { ...times, ...options };
    const { bus, signals, renewMs } = this.#options;
    signals.onAnyone((userId) => this.#each((hall) => hall.doubt(userId)));
    bus.onGap(() => this.#each((hall) => hall.tellAnew()));
    this.#tending = setInterval(() => this.#each((hall) => hall.tend()), renewMs / 2).unref();
  }

  async stay(workspaceId: string, actor: Actor, spot: Spot | null): Promise<Visit> {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting for it any more when it comes.
    ended.catch(() => {});
    const guest: Guest = { kind: "stay", userId: actor.user.id, spot, end: reject };
    return { ended, leave: await this.#enter(workspaceId, actor, guest) };
  }

  async watch(workspaceId: string, actor: Actor): Promise<Watch> {
    const watcher = new Watcher();
    const end = (error: Error) => watcher.end(error);
    const guest: Guest = { kind: "watch", userId: actor.user.id, watcher, end };
    const leave = await this.#enter(workspaceId, actor, guest);
    return {
      next: () => watcher.next(),
      leave: () => {
        watcher.end(null);
        leave();
      },
    };
  }

  /**
   * Without a word to the other workers: those who were here come to one of them in a moment, and
   * until then nobody sees them go.
   */
  stop() {
    clearInterval(this.#tending);
    for (const [workspaceId, entry] of this.#halls) this.#close(workspaceId, entry, true);
  }

  #each(act: (hall: Hall) => void) {
    for (const { hall } of this.#halls.values()) act(hall);
  }

  async #enter(workspaceId: string, { credential }: Actor, guest: Guest): Promise<() => void> {
    const entry = this.#halls.get(workspaceId) ?? this.#open(workspaceId);
    const { hall } = entry;
    clearTimeout(entry.closing);
    entry.guests++;
    try {
      await entry.listening;
    } catch (error) {
      // Whoever comes next tries anew.
      this.#close(workspaceId, entry, true);
      throw error;
    }
    hall.enter(guest);
    const ends = () => hall.showOut(guest, signInFirst());
    const unwatch = this.#options.credentials.watch(credential, ends);
    let isHere = true;
    return () => {
      if (!isHere) return;
      isHere = false;
      unwatch();
      hall.leave(guest);
      if (--entry.guests === 0) this.#closeLater(workspaceId, entry);
    };
  }

  #open(workspaceId: string): Entry {
    const { db, bus, feed, credentials } = this.#options;
    const hall = new Hall({
      ...this.#options,
      worker: this.#worker,
      publish: (letter) => bus.publish(channel(workspaceId), letter),
      readAudiences: (userIds) => readAudiences(db, workspaceId, userIds),
      credentialsFresh: () => credentials.fresh(),
    });
    const entry: Entry = {
      hall,
      listening: feed.listen(workspaceId, (batch) => {
        if (batch.some(touchesRights)) hall.doubt();
      }),
      leaveBus: bus.listen(channel(workspaceId), (letter) => hall.hear(letter as Letter)),
      guests: 0,
      closing: undefined,
    };
    this.#halls.set(workspaceId, entry);
    return entry;
  }

  /** The last one lingers too. */
  #closeLater(workspaceId: string, entry: Entry) {
    const close = () => this.#close(workspaceId, entry, false);
    entry.closing = setTimeout(close, this.#options.lingerMs).unref();
  }

  #close(workspaceId: string, entry: Entry, silently: boolean) {
    if (this.#halls.get(workspaceId) !== entry) return;
    this.#halls.delete(workspaceId);
    clearTimeout(entry.closing);
    entry.leaveBus();
    entry.hall.close({ silently });
    // One that could not be begun needs no end; who asked for it was told.
    entry.listening.then((stop) => stop()).catch(() => {});
  }
}
