/**
 * The live subscribers of one workspace on this worker: who they are, what they may see, and what
 * they were given so far. Decides by audience, never by event and person; writes ready frames.
 *
 * Rights: a change of rights is itself a change in the feed, so before a batch that holds one is
 * given out, the audiences are read again; nothing later can overtake it. Sessions: see
 * credential-watch.ts. Without an answer from Postgres nothing is given out.
 *
 * Pace: what comes within a tick goes in one write for each socket, and the next write starts at
 * least TICK_MS after the last one; a single change after a quiet time goes at once. A write to
 * thousands is cut into slices, so that requests are answered in between.
 */
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { type Audience, isFor, reaches } from "./audiences.ts";
import type { ChangeMessage } from "./change-message.ts";
import type { Actor } from "./context.ts";
import { notFound } from "./errors.ts";
import { type Encoding, type RequestId, readyFrames, type Wire } from "./ready-frames.ts";

const TICK_MS = 40;
const SLICE = 256;
/** While the database is away: how long to wait before asking it again. */
const OUTAGE_MS = 500;
/** What a subscriber that catches up is given at once, and may have unsent meanwhile. */
const CATCH_UP_BYTES = 128 * 1024;

export type Seat = {
  readonly userId: string;
  readonly credential: Actor["credential"];
  readonly wire: Wire;
  readonly request: RequestId;
  /** The last number that was given. */
  cursor: number;
  /** Ends the subscription, with an error that its client gets. */
  readonly end: (error: Error) => void;
};

const RIGHTS = new Set<string>(["member", "project", "projectMember", "access", "documentAccess"]);
export const touchesRights = ({ entity }: { entity: string }) => RIGHTS.has(entity);

export type RoomOptions = {
  /** Everything after a number, while memory has it. */
  remembered: (after: number) => ChangeMessage[] | null;
  /** The newest of that, as far as memory has it. */
  newest: (after: number) => ChangeMessage[];
  /** Asks where the things of these stand now, if that may have changed. */
  place: (messages: ChangeMessage[]) => Promise<void>;
  readAudiences: (userIds: string[]) => Promise<Map<string, Audience>>;
  credentialsFresh: () => Promise<void>;
  onDelivered: (messages: ChangeMessage[], subscribers: number) => void;
  onError: (error: unknown) => void;
};

export class Room {
  readonly #options: RoomOptions;
  readonly #seats = new Set<Seat>();
  /** Those who have not yet been given exactly what was given out. */
  readonly #behind = new Set<Seat>();
  /** What each person here may see, as long as no right has changed. */
  #known = new Map<string, Audience>();
  readonly #audiences = new Map<string, Audience>();
  /** Those about whom Postgres must be asked before anything more is given out. */
  readonly #unknown = new Set<string>();
  /** The last number that was given out. */
  #last: number;
  #waiting: ChangeMessage[] = [];
  #running = false;

  constructor(last: number, options: RoomOptions) {
    this.#last = last;
    this.#options = options;
  }

  get size() {
    return this.#seats.size;
  }

  take(batch: ChangeMessage[]) {
    for (const message of batch) this.#waiting.push(message);
    if (batch.some(touchesRights)) this.#forgetRights();
    this.#run();
  }

  sit(seat: Seat) {
    this.#seats.add(seat);
    this.#behind.add(seat);
    if (!this.#known.has(seat.userId)) this.#unknown.add(seat.userId);
    this.#run();
  }

  leave(seat: Seat) {
    this.#seats.delete(seat);
    this.#behind.delete(seat);
  }

  /** Something rang for this person: rights and sessions are asked for now. */
  doubt(userId: string) {
    for (const seat of this.#seats) {
      if (seat.userId !== userId) continue;
      // Also when they are being asked about: that answer may be from before.
      this.#known.delete(userId);
      this.#unknown.add(userId);
      return this.#run();
    }
  }

  #forgetRights() {
    // A new map: what is being given out goes by the rights of its own place in the feed.
    this.#known = new Map();
    this.#audiences.clear();
    for (const { userId } of this.#seats) this.#unknown.add(userId);
  }

  #run() {
    if (this.#running) return;
    this.#running = true;
    this.#work()
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = false;
        if (this.#hasWork() && this.#seats.size > 0) this.#run();
      });
  }

  #hasWork = () => this.#waiting.length > 0 || this.#behind.size > 0 || this.#unknown.size > 0;

  async #work() {
    while (this.#hasWork()) {
      if (!(await this.#settle())) continue;
      const startedAt = performance.now();
      // Rights that change from here on have their place in the feed behind this batch.
      const known = this.#known;
      const late = [...this.#behind];
      const batch = await this.#takeWaiting(late);
      if (!batch) continue;
      this.#count(batch, await this.#give(batch, known));
      this.#catchUp(late);
      // A round of this loop without a batch was only for rights, or for who has just come.
      if (batch.length > 0 || this.#behind.size > 0) {
        await delay(Math.max(0, TICK_MS - (performance.now() - startedAt)));
      }
    }
  }

  /** What is to be given out, to those who are late too, and where it stands; null without an answer. */
  async #takeWaiting(late: Seat[]): Promise<ChangeMessage[] | null> {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const from = late.reduce((least, { cursor }) => Math.min(least, cursor), this.#last);
      await this.#options.place(late.length > 0 ? this.#options.newest(from) : batch);
      return batch;
    } catch (error) {
      this.#waiting = [...batch, ...this.#waiting];
      this.#options.onError(error);
      await delay(OUTAGE_MS);
      return null;
    }
  }

  /** Asks what must be known before anything is given out; false when Postgres does not answer. */
  async #settle(): Promise<boolean> {
    try {
      // Again for what rang while we asked: it may have been a session's end as well as a right's.
      do {
        await this.#options.credentialsFresh();
        if (this.#unknown.size > 0) await this.#readAudiences();
      } while (this.#unknown.size > 0);
      return true;
    } catch (error) {
      this.#options.onError(error);
      await delay(OUTAGE_MS);
      return false;
    }
  }

  async #readAudiences() {
    const asked = new Set(this.#unknown);
    this.#unknown.clear();
    try {
      const found = await this.#options.readAudiences([...asked]);
      for (const id of asked) {
        const audience = found.get(id);
        // Doubted again while we asked: this answer may be from before.
        if (audience && !this.#unknown.has(id)) this.#known.set(id, this.#same(audience));
        else if (!audience) this.#showOut(id);
      }
    } catch (error) {
      for (const id of asked) this.#unknown.add(id);
      throw error;
    }
  }

  /** One object for each audience, so that what is made for it is made once. */
  #same(audience: Audience): Audience {
    const known = this.#audiences.get(audience.key) ?? audience;
    this.#audiences.set(audience.key, known);
    return known;
  }

  #showOut(userId: string) {
    for (const seat of [...this.#seats]) {
      if (seat.userId === userId) seat.end(notFound("workspace"));
    }
  }

  /** Returns how many it reached. */
  async #give(batch: ChangeMessage[], known: Map<string, Audience>): Promise<number> {
    const last = batch.at(-1)?.seq;
    if (last === undefined) return 0;
    const from = this.#last;
    this.#last = last;
    const letters = new Map<Audience, Letter>();
    let deliveries = 0;
    for (const seat of this.#seats) {
      if (this.#behind.has(seat)) continue;
      const audience = known.get(seat.userId);
      if (!audience || seat.cursor !== from) {
        this.#behind.add(seat);
        continue;
      }
      seat.cursor = last;
      const letter = letters.get(audience) ?? new Letter(audience, batch);
      letters.set(audience, letter);
      const frames = letter.framesFor(seat);
      if (!frames) continue;
      seat.wire.write(frames);
      if (++deliveries % SLICE === 0) await nextTurn();
    }
    return deliveries;
  }

  #count(messages: ChangeMessage[], subscribers: number) {
    if (subscribers > 0) this.#options.onDelivered(messages, subscribers);
  }

  /** Brings those who came lately, or were slow, to where the others are. */
  #catchUp(late: Seat[]) {
    for (const seat of late) {
      if (!this.#behind.has(seat)) continue;
      const audience = this.#known.get(seat.userId);
      if (!audience) continue;
      const missed = this.#options.remembered(seat.cursor);
      // So slow that memory has gone on without it: its client comes back and reads from Postgres.
      if (!missed) {
        seat.wire.letGo();
        this.leave(seat);
        continue;
      }
      if (seat.wire.unsent() > CATCH_UP_BYTES) continue;
      const page = firstBytes(
        missed.filter((message) => message.seq <= this.#last),
        CATCH_UP_BYTES,
      );
      const frames = new Letter(audience, page).framesFor(seat);
      seat.cursor = page.at(-1)?.seq ?? seat.cursor;
      if (frames) seat.wire.write(frames);
      this.#count(page, frames ? 1 : 0);
      // Who read on by themselves is ahead: they wait here until the others have come as far.
      if (seat.cursor === this.#last) this.#behind.delete(seat);
    }
  }
}

function firstBytes(messages: ChangeMessage[], bytes: number): ChangeMessage[] {
  let sum = 0;
  const end = messages.findIndex((message) => {
    sum += message.json.length;
    return sum > bytes;
  });
  // One message is never too large to go alone.
  return end < 0 ? messages : messages.slice(0, Math.max(1, end));
}

/** What one audience gets of a batch; made once for each encoding and request id. */
class Letter {
  readonly #audience: Audience;
  readonly #batch: ChangeMessage[];
  readonly #common: ChangeMessage[];
  readonly #personal: Set<string>;
  readonly #frames: Record<Encoding, Map<RequestId, Uint8Array>> = {
    json: new Map(),
    msgpack: new Map(),
  };

  constructor(audience: Audience, batch: ChangeMessage[]) {
    this.#audience = audience;
    this.#batch = batch;
    this.#common = batch.filter((message) => reaches(audience, message));
    this.#personal = new Set(
      audience.seesAll ? [] : batch.flatMap((message) => message.audienceUserId ?? []),
    );
  }

  /** Null when there is nothing for them. */
  framesFor({ userId, wire, request }: Seat): Uint8Array | null {
    if (this.#personal.has(userId)) {
      const mine = this.#batch.filter(
        (message) => reaches(this.#audience, message) || isFor(this.#audience, userId, message),
      );
      return mine.length > 0 ? readyFrames(mine, wire.encoding, request) : null;
    }
    if (this.#common.length === 0) return null;
    const made = this.#frames[wire.encoding];
    const frames = made.get(request) ?? readyFrames(this.#common, wire.encoding, request);
    made.set(request, frames);
    return frames;
  }
}
