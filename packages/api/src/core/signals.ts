/**
 * Tells open subscriptions at once, on every worker, that a right may have gone: a session or a
 * token was revoked, a role changed. A doorbell only: who hears it asks the database again, and who
 * does not hear it finds out there within a second of the next delivery.
 */
import { EventEmitter } from "node:events";
import type { Bus } from "./bus.ts";

/** One channel for everybody: rights change seldom, and a channel a person would be thousands. */
const CHANNEL = "people";

const ANYONE = Symbol("anyone");

export class Signals {
  readonly #people = new EventEmitter().setMaxListeners(0);
  readonly #bus: Bus;

  constructor(bus: Bus) {
    this.#bus = bus;
    bus.listen(CHANNEL, (userId) => {
      this.#people.emit(String(userId));
      this.#people.emit(ANYONE, String(userId));
    });
  }

  /** Something changed for this person: a session, a token, a role. */
  ringUser(userId: string) {
    this.#bus.publish(CHANNEL, userId);
  }

  onUser(userId: string, listener: () => void): () => void {
    this.#people.on(userId, listener);
    return () => this.#people.off(userId, listener);
  }

  onAnyone(listener: (userId: string) => void) {
    this.#people.on(ANYONE, listener);
  }
}
