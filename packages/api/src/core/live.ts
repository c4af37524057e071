/** The rooms of this worker: one for each workspace that somebody follows through a socket. */
import type { Db } from "@guildhall/db";
import { readAudiences } from "./audiences.ts";
import type { ChangeMessage } from "./change-message.ts";
import { CredentialWatch, type LiveCredentials } from "./credential-watch.ts";
import { invariant, signInFirst } from "./errors.ts";
import type { Feed } from "./feed.ts";
import { Room, type Seat } from "./room.ts";
import type { Signals } from "./signals.ts";

export type Delivered = (messages: ChangeMessage[], subscribers: number) => void;

type Options = {
  db: Db;
  feed: Feed;
  signals: Signals;
  credentials: LiveCredentials;
  onError: (error: unknown) => void;
};

type Open = { room: Room; close: () => void };
type Entry = { guests: number; open: Promise<Open> };

/** A subscription's place in a room: first it catches up, then it sits. */
export type Guest = {
  sit(seat: Omit<Seat, "end">): void;
  /** Rejects when a right or the session is gone. */
  readonly ended: Promise<never>;
  leave(): void;
};

export class Live {
  readonly #options: Options;
  readonly #rooms = new Map<string, Entry>();
  /** Of all open subscriptions of this worker. */
  readonly credentials: CredentialWatch;
  readonly #inside = new Set<Room>();
  /** Told of each batch that was given out, for the operator. */
  onDelivered: Delivered = () => {};

  constructor(options: Options) {
    this.#options = options;
    this.credentials = new CredentialWatch(options.credentials, options.onError);
    options.signals.onAnyone((userId) => {
      this.credentials.doubt();
      for (const room of this.#inside) room.doubt(userId);
    });
  }

  /** How many subscriptions are given ready frames. */
  get seats() {
    let seats = 0;
    for (const room of this.#inside) seats += room.size;
    return seats;
  }

  /** From now on the workspace's newest changes are kept in memory, until all have left. */
  async enter(workspaceId: string): Promise<Guest> {
    const entry = this.#rooms.get(workspaceId) ?? { guests: 0, open: this.#open(workspaceId) };
    this.#rooms.set(workspaceId, entry);
    entry.guests++;
    const leaveEntry = () => {
      if (--entry.guests > 0) return;
      if (this.#rooms.get(workspaceId) === entry) this.#rooms.delete(workspaceId);
      entry.open.then(({ close }) => close()).catch(() => {});
    };
    try {
      return this.#guest((await entry.open).room, leaveEntry);
    } catch (error) {
      // Whoever comes next tries anew.
      if (this.#rooms.get(workspaceId) === entry) this.#rooms.delete(workspaceId);
      throw error;
    }
  }

  stop() {
    this.credentials.stop();
  }

  #guest(room: Room, leaveEntry: () => void): Guest {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting for it any more when it comes.
    ended.catch(() => {});
    let seat: Seat | null = null;
    let unwatch = () => {};
    return {
      ended,
      sit: (where) => {
        seat = { ...where, end: reject };
        unwatch = this.credentials.watch(where.credential, () => reject(signInFirst()));
        room.sit(seat);
      },
      leave: () => {
        unwatch();
        if (seat) room.leave(seat);
        leaveEntry();
      },
    };
  }

  async #open(workspaceId: string): Promise<Open> {
    const { db, feed, onError } = this.#options;
    let room: Room | null = null;
    const stop = await feed.listen(workspaceId, (batch) => room?.take(batch));
    const last = invariant(feed.position(workspaceId), "the feed is listened to");
    room = new Room(last, {
      remembered: (after) => feed.remembered(workspaceId, after),
      newest: (after) => feed.newest(workspaceId, after),
      place: (messages) => feed.place(workspaceId, messages),
      readAudiences: (userIds) => readAudiences(db, workspaceId, userIds),
      credentialsFresh: () => this.credentials.fresh(),
      onDelivered: (messages, subscribers) => this.onDelivered(messages, subscribers),
      onError,
    });
    this.#inside.add(room);
    const close = () => {
      stop();
      if (room) this.#inside.delete(room);
    };
    return { room, close };
  }
}
