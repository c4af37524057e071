/**
 * Who has one document open, and where their selections are: of this worker and of the others.
 * Nothing of it is written down.
 *
 * Workers tell each other everything about their own people when somebody comes or goes, and every
 * few seconds; where a selection moved to is told as it moves. A lost message heals by the next
 * whole one, and a worker that is not heard of any more is forgotten with its people.
 */
import type { Companion, CompanyEvent } from "../../core/document-log.ts";
import { Letter } from "./letter.ts";
import type { Outlet } from "./seats.ts";

/** Fifty people who move their selections are ten events a second for each of them. */
const PACE_MS = 100;
/** A client that has so much unsent is told all of it later, instead of each step. */
const MAX_UNSENT = 128 * 1024;

export type CompanyMessage =
  | { worker: string; people: Companion[]; isNew: boolean }
  | { moved: Omit<Companion, "name"> };

type Seat = Outlet<CompanyEvent>;

export type CompanyTimes = {
  /** How often the other workers are told although nothing has changed. */
  renewMs: number;
  /** How long a worker's word holds. */
  expireMs: number;
};

type Options = CompanyTimes & {
  worker: string;
  publish: (message: CompanyMessage) => void;
  /** There is something to tell: `tell` is to be called once rights are known. */
  onNews: () => void;
};

const keyOf = ({ clientId, userId }: { clientId: number; userId: string }) =>
  `${clientId}/${userId}`;

export class Company {
  readonly #options: Options;
  /** A page that comes back is here twice until its old connection is given up. */
  readonly #own = new Set<Companion>();
  readonly #others = new Map<string, { heardAt: number; people: Companion[] }>();
  readonly #seats = new Set<Seat>();
  readonly #newSeats = new Set<Seat>();
  /** Those who were told of, by key. */
  #told = new Map<string, Companion>();
  #saidAt = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  come(person: Companion): () => void {
    // What is known of where they were, on the connection before.
    const before = this.#everyone().get(keyOf(person));
    const own = { ...person, cursor: before?.cursor ?? person.cursor };
    const isNew = this.#own.size === 0;
    this.#own.add(own);
    this.#say(isNew);
    return () => {
      if (this.#own.delete(own)) this.#say(false);
    };
  }

  sit(seat: Seat): () => void {
    this.#seats.add(seat);
    this.#newSeats.add(seat);
    this.#options.onNews();
    return () => {
      this.#seats.delete(seat);
      this.#newSeats.delete(seat);
    };
  }

  hear(message: CompanyMessage) {
    if ("moved" in message) return this.#move(message.moved);
    const { worker, people, isNew } = message;
    if (worker === this.#options.worker) return;
    if (people.length === 0) this.#others.delete(worker);
    else this.#others.set(worker, { heardAt: Date.now(), people });
    // A worker that has just come knows nobody.
    if (isNew && this.#own.size > 0) this.#say(false);
    this.#soon();
  }

  /** From time to time. */
  tend() {
    const { expireMs, renewMs } = this.#options;
    const now = Date.now();
    for (const [worker, { heardAt }] of this.#others) {
      if (heardAt > now - expireMs) continue;
      this.#others.delete(worker);
      this.#soon();
    }
    if (this.#saidAt <= now - renewMs && this.#own.size > 0) this.#say(false);
  }

  /** Others may have missed what we said. */
  sayAnew() {
    if (this.#own.size > 0) this.#say(true);
  }

  close() {
    if (this.#timer) clearTimeout(this.#timer);
  }

  /** Tells each seat what it does not know; whoever calls it has asked for their rights. */
  tell() {
    const now = this.#everyone();
    const event = newsBetween(this.#told, now);
    this.#told = now;
    const news = new Letter(event);
    const all = new Letter<CompanyEvent>({
      seq: 0,
      isWhole: true,
      people: [...now.values()],
      gone: [],
    });
    for (const seat of this.#seats) {
      if (seat.unsent() > MAX_UNSENT) this.#newSeats.add(seat);
      else if (this.#newSeats.delete(seat)) seat.give(all);
      else if (event.people.length + event.gone.length > 0) seat.give(news);
    }
    if (this.#newSeats.size > 0) this.#soon();
  }

  #move({ clientId, userId, cursor }: Omit<Companion, "name">) {
    const all = [this.#own, ...[...this.#others.values()].map(({ people }) => people)];
    for (const people of all) {
      for (const person of people) {
        if (person.clientId === clientId && person.userId === userId) person.cursor = cursor;
      }
    }
    this.#soon();
  }

  #say(isNew: boolean) {
    this.#saidAt = Date.now();
    const { worker, publish } = this.#options;
    publish({ worker, people: [...this.#own], isNew });
    this.#soon();
  }

  #soon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#seats.size > 0) this.#options.onNews();
    }, PACE_MS);
  }

  #everyone(): Map<string, Companion> {
    const people = [...[...this.#others.values()].flatMap((other) => other.people), ...this.#own];
    return new Map(people.map((person) => [keyOf(person), { ...person }]));
  }
}

function newsBetween(before: Map<string, Companion>, now: Map<string, Companion>): CompanyEvent {
  const people = [...now].filter(([key, person]) => {
    const known = before.get(key);
    return !known || known.cursor !== person.cursor || known.name !== person.name;
  });
  const gone = [...before].filter(([key]) => !now.has(key));
  return {
    seq: 0,
    isWhole: false,
    people: people.map(([, person]) => person),
    gone: gone.map(([, { clientId, userId }]) => ({ clientId, userId })),
  };
}
