const TIMES = 64;

/**
 * Whether `work` takes about as many times longer as its text is longer: 64 times the text at most 16 × 64 times as
 * much of a core, where the square would be 4,096 times. Processor time, a ratio, and the least of some tries: what
 * collects garbage meanwhile is counted with it. No slow machine and no busy one changes what it says.
 */
export function isLinear(work: (length: number) => void, length: number): boolean {
  return least(3, () => work(TIMES * length)) < 16 * TIMES * least(10, () => work(length));
}

const least = (tries: number, work: () => void) =>
  Math.min(...Array.from({ length: tries }, () => cost(work)));

function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
