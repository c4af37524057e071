/**
 * Tells open subscriptions at once, on every worker, that a right may have gone: a session or a
 * token was revoked, a role changed. A hint only: who hears it asks the database again, and who
 * does not hear it finds out there within a second of the next delivery.
 */
import type { Bus } from "./bus/bus.ts";

/** One channel for everybody: rights change seldom, and a channel a person would be thousands. */
const CHANNEL = "people";

export class Signals {
  readonly #bus: Bus;

  constructor(bus: Bus) {
    this.#bus = bus;
  }

  /** Something changed for this person: a session, a token, a role. */
  notifyUser(userId: string) {
    this.#bus.publish(CHANNEL, userId);
  }

  onUser(listener: (userId: string) => void) {
    this.#bus.listen(CHANNEL, (userId) => listener(String(userId)));
  }
}
