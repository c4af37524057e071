/** The shortest wait before another try, and the longest, in ms. */
export type Waits = { firstMs: number; lastMs: number };

/**
 * How long to wait after so many failures, in ms: anything between the shortest wait and a bound that doubles
 * each time. All of it is chance, so that the clients of a server that was away do not come back in one moment.
 */
export const retryDelay = (failures: number, { firstMs, lastMs }: Waits): number =>
  firstMs + Math.random() * (Math.min(lastMs, firstMs * 2 ** (failures + 1)) - firstMs);
