/** Which notifications have come while the page was open: of those that were there before nobody is told. */
import type { Notification } from "./sync/notification.ts";

/** Of two that were made at once the later one may come first. */
const SOON_MS = 60_000;

export class Arrivals {
  #known: Set<string> | null = null;
  /** When the newest of them was made. */
  #newest = Number.NEGATIVE_INFINITY;

  /**
   * Those that were in no list before; the first list is none of news. Nor is what is older: it was behind
   * the page that was read, or is unread again.
   */
  next(items: readonly Notification[]): Notification[] {
    const known = this.#known;
    const since = this.#newest - SOON_MS;
    this.#known = new Set([...(known ?? []), ...items.map(({ id }) => id)]);
    for (const { at } of items) this.#newest = Math.max(this.#newest, at.getTime());
    return known ? items.filter(({ id, at }) => !known.has(id) && at.getTime() > since) : [];
  }
}
