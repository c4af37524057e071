/** Who is where, as one audience may know it, and what has changed between two such moments. */
import type { Audience } from "../core/audiences.ts";
import type { HereEvent, PersonHere, Place, Spot } from "../core/here.ts";

/** Somebody on one worker; what workers tell each other. */
export type Stay = { userId: string; spots: Spot[] };

/** Nobody looks at more at a time; the others are told of these. */
const MOST_PLACES = 10;

const keyOf = ({ projectId, taskId }: Place) => `${projectId ?? ""}/${taskId ?? ""}`;

/** One person, however many tabs and workers: each place once. */
export function gather(stays: Iterable<Stay>): Stay[] {
  const people = new Map<string, Map<string, Spot>>();
  for (const { userId, spots } of stays) {
    const places = people.get(userId) ?? new Map<string, Spot>();
    people.set(userId, places);
    for (const spot of spots) if (places.size < MOST_PLACES) places.set(keyOf(spot), spot);
  }
  return [...people].map(([userId, places]) => ({ userId, spots: [...places.values()] }));
}

type Known = { person: PersonHere; key: string };

export class Snapshot {
  readonly #people = new Map<string, Known>();
  /** Many have the same before them: what changed is worked out once for all of those. */
  readonly #news = new WeakMap<Snapshot, HereEvent>();
  readonly #whole: HereEvent;

  constructor(audience: Audience, everyone: readonly Stay[]) {
    for (const { userId, spots } of everyone) {
      const places = spots
        .filter(({ within }) => audience.seesAll || audience.areaIds.has(within))
        .map(({ projectId, taskId }) => ({ projectId, taskId }));
      const key = places.map(keyOf).sort().join();
      this.#people.set(userId, { person: { userId, places }, key });
    }
    const people = [...this.#people.values()].map(({ person }) => person);
    this.#whole = { isWhole: true, people, gone: [] };
  }

  /** Null when there is nothing to tell to whoever knows `before`. */
  since(before: Snapshot | null): HereEvent | null {
    if (!before) return this.#whole;
    const news = this.#news.get(before) ?? this.#compare(before);
    this.#news.set(before, news);
    return news.people.length + news.gone.length > 0 ? news : null;
  }

  #compare(before: Snapshot): HereEvent {
    const people = [...this.#people.values()]
      .filter(({ person, key }) => before.#people.get(person.userId)?.key !== key)
      .map(({ person }) => person);
    const gone = [...before.#people.keys()].filter((userId) => !this.#people.has(userId));
    return { isWhole: false, people, gone };
  }
}
