/**
 * Those who follow one document through this worker: who they are, whether they still may, and how
 * far each has come.
 *
 * Rights: nothing is given out on an answer that is older than a second; what rings for a person,
 * or a change of rights in the workspace's feed, makes it ask at once, also when nothing is to be
 * given. Sessions: core/credential-watch.ts. Without an answer from Postgres nothing is given out.
 *
 * Pace: what comes within a tick goes in one event to each; the first after a quiet time goes at once.
 */
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { Role } from "../../core/access.ts";
import type { LogEvent } from "../../core/document-log.ts";
import { notFound } from "../../core/errors.ts";
import { Letter } from "./letter.ts";
import type { LogPiece } from "./read-log.ts";
import type { Outlet } from "./seats.ts";

const TICK_MS = 40;
const SLICE = 256;
const RIGHTS_GOOD_FOR_MS = 1_000;
/** While the database is away: how long to wait before asking it again. */
const OUTAGE_MS = 500;
/** What a follower that catches up may have unsent. */
const CATCH_UP_BYTES = 256 * 1024;

export type Guest = {
  readonly userId: string;
  /** Ends the subscription, with an error that its client gets. */
  readonly end: (error: Error) => void;
};

export type Seat = {
  readonly guest: Guest;
  /** The last number that was given. */
  cursor: number;
  readonly outlet: Outlet<LogEvent>;
};

export type RoomOptions = {
  read: (after: number) => Promise<LogPiece | null>;
  readRoles: (userIds: string[]) => Promise<Map<string, Role>>;
  credentialsFresh: () => Promise<void>;
  /** Tells who else is there; called when there was news of that, and rights are known. */
  tellCompany: () => void;
  onError: (error: unknown) => void;
};

export class DocumentRoom {
  readonly #options: RoomOptions;
  readonly #guests = new Set<Guest>();
  readonly #seats = new Set<Seat>();
  readonly #behind = new Set<Seat>();
  #known = new Map<string, Role>();
  #askedAt = 0;
  #isDoubted = false;
  /** The last number that was given out. */
  #last: number;
  #waiting: LogPiece[] = [];
  #hasNews = false;
  #running = false;

  constructor(last: number, options: RoomOptions) {
    this.#last = last;
    this.#options = options;
  }

  take(piece: LogPiece) {
    this.#waiting.push(piece);
    this.#run();
  }

  /** There is news of who else is there. */
  announce() {
    this.#hasNews = true;
    this.#run();
  }

  enter(guest: Guest) {
    this.#guests.add(guest);
  }

  sit(seat: Seat) {
    this.#seats.add(seat);
    this.#behind.add(seat);
    this.#run();
  }

  leave(guest: Guest) {
    this.#guests.delete(guest);
    for (const seat of this.#seats) if (seat.guest === guest) this.#stand(seat);
  }

  /** Rights may have changed: of this person, or of anybody. */
  doubt(userId?: string) {
    const isHere = (guest: Guest) => userId === undefined || guest.userId === userId;
    if (![...this.#guests].some(isHere)) return;
    this.#isDoubted = true;
    this.#run();
  }

  #stand(seat: Seat) {
    this.#seats.delete(seat);
    this.#behind.delete(seat);
  }

  #run() {
    if (this.#running) return;
    this.#running = true;
    this.#work()
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = false;
        if (this.#hasWork() && this.#guests.size > 0) this.#run();
      });
  }

  #hasWork = () =>
    this.#waiting.length > 0 || this.#behind.size > 0 || this.#isDoubted || this.#hasNews;

  async #work() {
    while (this.#hasWork() && this.#guests.size > 0) {
      if (!(await this.#settle())) continue;
      const startedAt = performance.now();
      const pieces = this.#waiting;
      this.#waiting = [];
      await this.#give(pieces);
      await this.#catchUp();
      if (this.#hasNews) {
        this.#hasNews = false;
        this.#options.tellCompany();
      }
      if (pieces.length > 0 || this.#behind.size > 0) {
        await delay(Math.max(0, TICK_MS - (performance.now() - startedAt)));
      }
    }
  }

  /** Asks what must be known before anything is given out; false when Postgres does not answer. */
  async #settle(): Promise<boolean> {
    try {
      // Again for what rang while we asked: it may have been a session's end as well as a right's.
      do {
        await this.#options.credentialsFresh();
        if (this.#isDoubted || this.#isOld()) await this.#readRoles();
      } while (this.#isDoubted || this.#isOld());
      return true;
    } catch (error) {
      this.#isDoubted = true;
      this.#options.onError(error);
      await delay(OUTAGE_MS);
      return false;
    }
  }

  #isOld(): boolean {
    if (this.#askedAt < Date.now() - RIGHTS_GOOD_FOR_MS) return true;
    return [...this.#guests].some(({ userId }) => !this.#known.has(userId));
  }

  async #readRoles() {
    // What is doubted while we ask is asked again.
    this.#isDoubted = false;
    const askedAt = Date.now();
    const asked = [...this.#guests];
    this.#known = await this.#options.readRoles([...new Set(asked.map(({ userId }) => userId))]);
    this.#askedAt = askedAt;
    for (const guest of asked) if (!this.#known.has(guest.userId)) this.#showOut(guest);
  }

  #showOut(guest: Guest) {
    this.leave(guest);
    guest.end(notFound("document"));
  }

  async #give(pieces: LogPiece[]) {
    const last = pieces.at(-1)?.seq;
    if (last === undefined) return;
    const from = this.#last;
    this.#last = last;
    const letter = letterOf(pieces);
    let given = 0;
    for (const seat of this.#seats) {
      if (this.#behind.has(seat)) continue;
      if (seat.cursor !== from || seat.outlet.unsent() > CATCH_UP_BYTES) {
        this.#behind.add(seat);
        continue;
      }
      seat.cursor = last;
      seat.outlet.give(letter);
      if (++given % SLICE === 0) await nextTurn();
    }
  }

  /** Brings those who came lately, or were slow, to where the others are; Postgres has it all. */
  async #catchUp() {
    const pieces = new Map<number, Letter<LogEvent> | null>();
    for (const seat of [...this.#behind]) {
      if (seat.outlet.unsent() > CATCH_UP_BYTES) continue;
      if (seat.cursor < this.#last) {
        const { cursor } = seat;
        const piece = pieces.get(cursor) ?? (await this.#readLetter(cursor));
        pieces.set(cursor, piece);
        // Gone while we read.
        if (!this.#seats.has(seat)) continue;
        if (piece) {
          seat.cursor = piece.event.seq;
          seat.outlet.give(piece);
        }
      }
      // What was read may go further than what was given out: they wait here for the others.
      if (seat.cursor === this.#last) this.#behind.delete(seat);
    }
  }

  async #readLetter(after: number): Promise<Letter<LogEvent> | null> {
    const piece = await this.#options.read(after);
    return piece && letterOf([piece]);
  }
}

const letterOf = (pieces: LogPiece[]) =>
  new Letter<LogEvent>({
    kind: "updates",
    seq: pieces.at(-1)?.seq ?? 0,
    updates: pieces.flatMap(({ updates }) => updates),
  });
