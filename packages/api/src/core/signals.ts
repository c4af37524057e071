/**
 * Tells open subscriptions at once that a right may have gone: a session or a token was revoked, a
 * role changed. A doorbell only: who hears it asks the database again.
 */
import { EventEmitter } from "node:events";

export class Signals {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  /** Something changed for this person: a session, a token, a role. */
  ringUser(userId: string) {
    this.#emitter.emit(userId);
  }

  onUser(userId: string, listener: () => void): () => void {
    this.#emitter.on(userId, listener);
    return () => this.#emitter.off(userId, listener);
  }
}
