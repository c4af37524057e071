/** The logs of documents, as this worker serves them: a room for each that somebody here follows. */
import type { Db } from "@guildhall/db";
import type { Bus } from "../../core/bus.ts";
import type { ChangeMessage } from "../../core/change-message.ts";
import type { Actor } from "../../core/context.ts";
import type { CredentialWatch } from "../../core/credential-watch.ts";
import type { DocumentLog, Follower, Push } from "../../core/document-log.ts";
import { notFound, signInFirst } from "../../core/errors.ts";
import type { Feed } from "../../core/feed.ts";
import { touchesRights } from "../../core/room.ts";
import type { Signals } from "../../core/signals.ts";
import { Appender } from "./appender.ts";
import { LogHub, type Ring, toRing } from "./log-hub.ts";
import { readLog, readLogEnds } from "./read-log.ts";
import { rolesIn } from "./roles.ts";
import { DocumentRoom, type Guest, type Seat } from "./room.ts";
import { plainSeat, wireSeat } from "./seats.ts";

const SILENCE_MS = 3_000;
/** How often it is looked within that time: once would find some silences only after twice of it. */
const LOOKS = 4;

type Options = {
  db: Db;
  bus: Bus;
  feed: Feed;
  signals: Signals;
  credentials: CredentialWatch;
  onError: (error: unknown) => void;
};

type Open = { hub: LogHub; room: DocumentRoom; close: () => void };
type Entry = { guests: number; open: Promise<Open> };

const channel = (documentId: string) => `document:${documentId}`;

export class DocumentRooms implements DocumentLog {
  readonly #options: Options;
  readonly #entries = new Map<string, Entry>();
  readonly #inside = new Map<string, Open>();
  readonly #appender: Appender;
  readonly #looking: NodeJS.Timeout;

  constructor(options: Options) {
    this.#options = options;
    const { db, bus, signals, onError } = options;
    this.#appender = new Appender({
      db,
      onAppended: (documentId, updates) => this.#tell(documentId, toRing(updates)),
    });
    signals.onAnyone((userId) => {
      for (const { room } of this.#inside.values()) room.doubt(userId);
    });
    const look = (sinceMs: number) => this.#look(sinceMs).catch(onError);
    bus.onGap(() => look(0));
    this.#looking = setInterval(() => look(SILENCE_MS), SILENCE_MS / LOOKS).unref();
  }

  push(push: Push): Promise<{ seq: number }> {
    return this.#appender.push(push);
  }

  ring(documentId: string, seq: number) {
    this.#tell(documentId, { seq });
  }

  async enter(document: { id: string; workspaceId: string }, actor: Actor): Promise<Follower> {
    const entry = this.#entries.get(document.id) ?? { guests: 0, open: this.#open(document) };
    this.#entries.set(document.id, entry);
    entry.guests++;
    const leaveEntry = () => {
      if (--entry.guests > 0) return;
      if (this.#entries.get(document.id) === entry) this.#entries.delete(document.id);
      entry.open.then(({ close }) => close()).catch(() => {});
    };
    try {
      return this.#follower(await entry.open, actor, leaveEntry);
    } catch (error) {
      // Whoever comes next tries anew.
      if (this.#entries.get(document.id) === entry) this.#entries.delete(document.id);
      throw error;
    }
  }

  stop() {
    clearInterval(this.#looking);
    for (const { close } of this.#inside.values()) close();
  }

  #tell(documentId: string, ring: Ring) {
    const { bus } = this.#options;
    if (bus.state === "local" && !this.#entries.has(documentId)) return;
    bus.publish(channel(documentId), ring);
  }

  #follower({ hub, room }: Open, actor: Actor, leaveEntry: () => void): Follower {
    const { promise: ended, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting for it any more when it comes.
    ended.catch(() => {});
    const { credential } = actor;
    const guest: Guest = { userId: actor.user.id, credential, end: reject };
    const unwatch = this.#options.credentials.watch(credential, () => reject(signInFirst()));
    room.enter(guest);
    const sit = (seat: Seat) => {
      room.sit(seat);
      // What this one read may not have rung yet.
      hub.reaches(seat.cursor);
    };
    return {
      ended,
      sitAtWire: (where) => sit(wireSeat(guest, where)),
      sit: (cursor) => {
        const { seat, events } = plainSeat(guest, cursor, ended);
        sit(seat);
        return events;
      },
      leave: () => {
        unwatch();
        room.leave(guest);
        leaveEntry();
      },
    };
  }

  async #open({ id, workspaceId }: { id: string; workspaceId: string }): Promise<Open> {
    const { db, bus, feed, credentials, onError } = this.#options;
    const read = (after: number) => readLog(db, id, after);
    const early: Ring[] = [];
    let hear = (ring: Ring): void => {
      early.push(ring);
    };
    const leaveBus = bus.listen(channel(id), (ring) => hear(ring as Ring));
    let doubt = () => {};
    const closing = [leaveBus];
    try {
      const onBatch = (batch: ChangeMessage[]) => {
        if (mayEnd(batch)) doubt();
      };
      closing.push(await feed.listen(workspaceId, onBatch));
      const last = (await readLogEnds(db, [id])).get(id);
      if (last === undefined) throw notFound("document");
      const room = new DocumentRoom(last, {
        read,
        readRoles: (userIds) => rolesIn(db, id, userIds),
        credentialsFresh: () => credentials.fresh(),
        onError,
      });
      doubt = () => room.doubt();
      const hub = new LogHub(last, { read, give: (piece) => room.take(piece), onError });
      closing.push(() => hub.close());
      for (const ring of early) hub.hear(ring);
      hear = (ring) => hub.hear(ring);
      const open = {
        hub,
        room,
        close: () => {
          for (const end of closing) end();
          if (this.#inside.get(id) === open) this.#inside.delete(id);
        },
      };
      this.#inside.set(id, open);
      return open;
    } catch (error) {
      for (const end of closing) end();
      throw error;
    }
  }

  /** Commits whose rings were lost, and documents that are gone: the database tells, in one query. */
  async #look(silenceMs: number) {
    const since = Date.now() - silenceMs;
    const silent = [...this.#inside].filter(([, { hub }]) => hub.heardAt <= since);
    if (silent.length === 0) return;
    for (const [, { hub }] of silent) hub.heardAt = Date.now();
    const ids = silent.map(([id]) => id);
    const ends = await readLogEnds(this.#options.db, ids);
    for (const [id, { hub, room }] of silent) {
      const end = ends.get(id);
      if (end === undefined) room.doubt();
      else hub.reaches(end);
    }
  }
}

/** Whether something in the workspace may have ended somebody's sight of the document. */
const mayEnd = (batch: ChangeMessage[]) =>
  batch.some(
    (message) =>
      touchesRights(message) ||
      // A folder takes along what is below it.
      (message.entity === "document" && message.change.op === "delete"),
  );
