/** Who is there at one moment, as people with one permission see it; and what differs between two. */
import { EncodedBatch, type LiveEvent } from "./encoded-batch.ts";

/** `isWhole`: these are all there are. Otherwise those who came or changed, and those who went. */
export type News<Item> = { isWhole: boolean; people: Item[]; gone: Item[] };

type How<Item> = { keyOf: (item: Item) => string; encode: (news: News<Item>) => LiveEvent };

export class Snapshot<Item> {
  readonly #how: How<Item>;
  readonly #items = new Map<string, { item: Item; text: string }>();
  /** Many have the same before them: what changed is worked out and encoded once for all of those. */
  readonly #since = new WeakMap<Snapshot<Item>, EncodedBatch | false>();
  #whole: EncodedBatch | null = null;

  constructor(items: Item[], how: How<Item>) {
    this.#how = how;
    for (const item of items)
      this.#items.set(how.keyOf(item), { item, text: JSON.stringify(item) });
  }

  /** Null when there is nothing to tell to whoever has `before`. */
  since(before: Snapshot<Item> | null): EncodedBatch | null {
    if (!before) {
      this.#whole ??= this.#encode({ isWhole: true, people: this.#all(), gone: [] });
      return this.#whole;
    }
    if (before === this) return null;
    const batch = this.#since.get(before) ?? this.#compare(before);
    this.#since.set(before, batch);
    return batch || null;
  }

  #all(): Item[] {
    return [...this.#items.values()].map(({ item }) => item);
  }

  #compare(before: Snapshot<Item>): EncodedBatch | false {
    const isNew = ([key, { text }]: [string, { text: string }]) =>
      before.#items.get(key)?.text !== text;
    const people = [...this.#items].filter(isNew).map(([, { item }]) => item);
    const left = [...before.#items].filter(([key]) => !this.#items.has(key));
    const gone = left.map(([, { item }]) => item);
    if (people.length + gone.length === 0) return false;
    return this.#encode({ isWhole: false, people, gone });
  }

  #encode(news: News<Item>): EncodedBatch {
    return new EncodedBatch([this.#how.encode(news)]);
  }
}
