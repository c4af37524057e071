/** How much one person may ask of this worker: so many points a second, and some more after a rest. */
const MOST_KEPT = 10_000;

type Bounds = { perSecond: number; burst: number };

export class PersonRate {
  readonly #bounds: Bounds;
  readonly #left = new Map<string, { points: number; at: number }>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** False, and nothing is taken, when there is not so much left. */
  take(userId: string, points: number): boolean {
    const left = this.left(userId) - points;
    if (left < 0) return false;
    if (this.#left.size >= MOST_KEPT) this.#left.clear();
    this.#left.set(userId, { points: left, at: performance.now() });
    return true;
  }

  left(userId: string): number {
    const { perSecond, burst } = this.#bounds;
    const known = this.#left.get(userId);
    if (!known) return burst;
    const since = (performance.now() - known.at) / 1_000;
    return Math.min(burst, known.points + since * perSecond);
  }
}
