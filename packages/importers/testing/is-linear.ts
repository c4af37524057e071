const TIMES = 64;

/**
 * Whether `work` takes about as many times longer as its text is longer: 64 times the text at most 6 × 64 times as
 * much of a core, where the square would be 4,096 times. Processor time and a ratio: no slow machine and no busy
 * one changes what it says.
 */
export function isLinear(work: (length: number) => void, length: number): boolean {
  const small = Math.min(...Array.from({ length: 10 }, () => cost(() => work(length))));
  return cost(() => work(TIMES * length)) < 6 * TIMES * small;
}

function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
