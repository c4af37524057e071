/** Chance that can be played again: the same seed, the same run of numbers (mulberry32). */
export type Dice = {
  /** 0, 1, … `sides` - 1. */
  roll(sides: number): number;
  /** True that often, of 1. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T | undefined;
  /** In the form of a UUID. */
  uuid(): string;
  /** Dice of its own for somebody else, whose throws do not depend on how often these are thrown. */
  fork(): Dice;
};

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const roll = (sides: number) => Math.floor((next() / 2 ** 32) * sides);
  return {
    roll,
    chance: (share) => next() / 2 ** 32 < share,
    pick: (from) => from[roll(from.length)],
    uuid() {
      const hex = Array.from({ length: 4 }, () => next().toString(16).padStart(8, "0")).join("");
      const variant = "89ab"[roll(4)];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    fork: () => createDice(next()),
  };
}
