/** Which notifications have come while the page was open: of those that were there before nobody is told. */
import type { Notification } from "./sync/notification.ts";

export class Arrivals {
  #known: Set<string> | null = null;

  /** Those that were in no list before; the first list is none of news. */
  next(items: readonly Notification[]): Notification[] {
    const known = this.#known;
    this.#known = new Set([...(known ?? []), ...items.map(({ id }) => id)]);
    return known ? items.filter(({ id }) => !known.has(id)) : [];
  }
}
