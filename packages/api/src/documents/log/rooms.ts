/** The logs of documents, as this worker serves them: a room for each that somebody here has open. */
import { randomUUID } from "node:crypto";
import type { Actor } from "../../core/context.ts";
import type {
  Attendant,
  Companion,
  CompanyEvent,
  DocumentLog,
  DocumentPlace,
  Follower,
  LogEvent,
  Push,
} from "../../core/document-log.ts";
import { signInFirst } from "../../core/errors.ts";
import type { Signals } from "../../core/signals.ts";
import { Appender } from "./appender.ts";
import { PushCheck } from "./check-push.ts";
import { DocumentSizes } from "./document-size.ts";
import { type Ring, toRing } from "./log-hub.ts";
import { channels, type OpenRoom, openRoom, type RoomNeeds } from "./open-room.ts";
import { readLogEnds } from "./read-log.ts";
import type { Guest } from "./room.ts";
import { type Outlet, Queue, wireOutlet } from "./seats.ts";

const usual: RoomNeeds["times"] = { silenceMs: 3_000, renewMs: 10_000, expireMs: 25_000 };
/** How often it is looked within that time: once would find some silences only after twice of it. */
const LOOKS = 4;

type Options = Omit<RoomNeeds, "times"> & {
  signals: Signals;
  /** Told of each document that is written to. */
  onWritten: (documentId: string) => void;
  times?: Partial<RoomNeeds["times"]>;
};
type Entry = { guests: number; open: Promise<OpenRoom> };

export class DocumentRooms implements DocumentLog {
  readonly #needs: RoomNeeds;
  readonly #worker = randomUUID();
  readonly #entries = new Map<string, Entry>();
  readonly #inside = new Map<string, OpenRoom>();
  readonly #appender: Appender;
  readonly #check = new PushCheck();
  readonly #sizes: DocumentSizes;
  readonly #onWritten: (documentId: string) => void;
  readonly #looking: NodeJS.Timeout;

  constructor({ signals, onWritten, times = {}, ...rest }: Options) {
    const needs = { ...rest, times: { ...usual, ...times } };
    this.#needs = needs;
    this.#onWritten = onWritten;
    this.#sizes = new DocumentSizes(needs.db);
    this.#appender = new Appender({
      db: needs.db,
      onAppended: (documentId, updates) => this.#tell(documentId, toRing(updates)),
    });
    signals.onAnyone((userId) => {
      for (const { room } of this.#inside.values()) room.doubt(userId);
    });
    const look = (silenceMs: number) => this.#look(silenceMs).catch(needs.onError);
    needs.bus.onGap(() => {
      for (const { company } of this.#inside.values()) company.sayAnew();
      look(0);
    });
    const { silenceMs } = needs.times;
    this.#looking = setInterval(() => look(silenceMs), silenceMs / LOOKS).unref();
  }

  async push(push: Push): Promise<{ seq: number }> {
    await this.#check.check(push);
    await this.#sizes.grow(push.documentId, Buffer.byteLength(push.update, "base64"));
    return this.#appender.push(push);
  }

  takesLarge(actorId: string): boolean {
    return this.#check.takesLarge(actorId);
  }

  ring(documentId: string, seq: number) {
    this.#tell(documentId, { seq });
  }

  async enter(document: DocumentPlace, actor: Actor): Promise<Follower> {
    const { hub, room, guest, ended, leave } = await this.#comeIn(document, actor);
    const sit = (outlet: Outlet<LogEvent>, cursor: number) => {
      room.sit({ guest, cursor, outlet });
      // What this one has read may not have rung yet.
      hub.reaches(cursor);
    };
    return {
      ended,
      leave,
      sitAtWire: ({ cursor, ...where }) => sit(wireOutlet(where), cursor),
      sit: (cursor) => {
        const queue = new Queue<LogEvent>();
        sit(queue, cursor);
        return queue.events(ended);
      },
    };
  }

  async attend(document: DocumentPlace, actor: Actor, clientId: number): Promise<Attendant> {
    const { company, ended, leave } = await this.#comeIn(document, actor);
    const { id: userId, name } = actor.user;
    const parts = [leave, company.come({ clientId, userId, name, cursor: null })];
    const sit = (outlet: Outlet<CompanyEvent>) => parts.push(company.sit(outlet));
    return {
      ended,
      leave: () => {
        for (const part of parts.splice(0)) part();
      },
      sitAtWire: (where) => sit(wireOutlet(where)),
      sit: () => {
        const queue = new Queue<CompanyEvent>();
        sit(queue);
        return queue.events(ended);
      },
    };
  }

  point(documentId: string, actor: Actor, at: Pick<Companion, "clientId" | "cursor">) {
    const moved = { ...at, userId: actor.user.id };
    this.#needs.bus.publish(channels.company(documentId), { moved });
  }

  async stop() {
    clearInterval(this.#looking);
    await this.#check.stop();
    for (const { close } of this.#inside.values()) close();
  }

  #tell(documentId: string, ring: Ring) {
    this.#onWritten(documentId);
    const { bus } = this.#needs;
    if (bus.state === "local" && !this.#entries.has(documentId)) return;
    bus.publish(channels.log(documentId), ring);
  }

  /** As a guest of the document's room, until they leave or their right or their session is gone. */
  async #comeIn(document: DocumentPlace, actor: Actor) {
    const { open, leave: leaveEntry } = await this.#use(document);
    const { promise: ended, reject } = Promise.withResolvers<never>();
    // Nobody may be waiting for it any more when it comes.
    ended.catch(() => {});
    const { credential } = actor;
    const guest: Guest = { userId: actor.user.id, end: reject };
    const unwatch = this.#needs.credentials.watch(credential, () => reject(signInFirst()));
    open.room.enter(guest);
    const leave = () => {
      unwatch();
      open.room.leave(guest);
      leaveEntry();
    };
    return { ...open, guest, ended, leave };
  }

  async #use(document: DocumentPlace) {
    const { id } = document;
    const entry = this.#entries.get(id) ?? { guests: 0, open: this.#open(document) };
    this.#entries.set(id, entry);
    entry.guests++;
    const leave = () => {
      if (--entry.guests > 0) return;
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
      entry.open.then((open) => this.#close(id, open)).catch(() => {});
    };
    try {
      return { open: await entry.open, leave };
    } catch (error) {
      // Whoever comes next tries anew.
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
      throw error;
    }
  }

  async #open(document: DocumentPlace): Promise<OpenRoom> {
    const open = await openRoom(this.#needs, { ...document, worker: this.#worker });
    this.#inside.set(document.id, open);
    return open;
  }

  #close(id: string, open: OpenRoom) {
    open.close();
    if (this.#inside.get(id) === open) this.#inside.delete(id);
  }

  /** Commits whose rings were lost, and documents that are gone: the database tells, in one query. */
  async #look(silenceMs: number) {
    for (const { company } of this.#inside.values()) company.tend();
    const since = Date.now() - silenceMs;
    const silent = [...this.#inside].filter(([, { hub }]) => hub.heardAt <= since);
    if (silent.length === 0) return;
    for (const [, { hub }] of silent) hub.heardAt = Date.now();
    const ids = silent.map(([id]) => id);
    const ends = await readLogEnds(this.#needs.db, ids);
    for (const [id, { hub, room }] of silent) {
      const end = ends.get(id);
      if (end === undefined) room.doubt();
      else hub.reaches(end);
    }
  }
}
