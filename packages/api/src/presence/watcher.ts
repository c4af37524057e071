import type { HereEvent } from "../core/here.ts";
import type { Snapshot } from "./snapshot.ts";

/** What one subscriber knows. Who is slow gets all that happened meanwhile as one event. */
export class Watcher {
  #given: Snapshot | null = null;
  #latest: Snapshot | null = null;
  #over: { error: Error | null } | null = null;
  #wake: () => void = () => {};

  put(snapshot: Snapshot) {
    const isNews = snapshot.since(this.#given) !== null;
    this.#latest = snapshot;
    if (isNews) this.#wake();
    else this.#given = snapshot;
  }

  /** With an error the subscriber is told of it. */
  end(error: Error | null) {
    this.#over ??= { error };
    this.#wake();
  }

  async next(): Promise<HereEvent | null> {
    while (!this.#over) {
      const news = this.#latest?.since(this.#given);
      if (news) {
        this.#given = this.#latest;
        return news;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#over.error) throw this.#over.error;
    return null;
  }
}
