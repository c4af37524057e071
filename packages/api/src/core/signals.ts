/**
 * Tells open subscriptions at once, on every worker, that a right may have gone or come: a session or a
 * token was revoked, a role changed, an invitation was made. A hint only: who hears it asks the database
 * again, and who does not hear it finds out there within a second of the next delivery.
 */
import type { Bus } from "./bus/bus.ts";

/** One channel for everybody: rights change seldom, and a channel a person would be thousands. */
const CHANNEL = "people";

const addressKey = (email: string) => `address ${email}`;

export class Signals {
  readonly #bus: Bus;

  readonly #people = new Map<string, Set<() => void>>();

  constructor(bus: Bus) {
    this.#bus = bus;
    this.onUser((key) => {
      for (const listener of this.#people.get(key) ?? []) listener();
    });
  }

  /** Something changed for this person: a session, a token, a role. */
  notifyUser(userId: string) {
    this.#bus.publish(CHANNEL, userId);
  }

  /** For whoever has this address: nobody looks up whether there is somebody, so that all take as long. */
  notifyAddress(email: string) {
    this.#bus.publish(CHANNEL, addressKey(email));
  }

  onUser(listener: (userId: string) => void) {
    this.#bus.listen(CHANNEL, (userId) => listener(String(userId)));
  }

  /** What concerns one person, until the function that this returns is called. */
  onPerson(userId: string, listener: () => void): () => void {
    return this.#listen(userId, listener);
  }

  onAddress(email: string, listener: () => void): () => void {
    return this.#listen(addressKey(email), listener);
  }

  #listen(key: string, listener: () => void) {
    const listeners = this.#people.get(key) ?? new Set();
    this.#people.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#people.delete(key);
    };
  }
}
