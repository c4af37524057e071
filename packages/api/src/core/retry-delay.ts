/** The wait before the first try after a failure, and the longest, in ms. */
export type Waits = { firstMs: number; lastMs: number };

/**
 * How long to wait after so many failures, in ms: twice as long each time, and half of it by chance, so
 * that the clients of a server that was away do not all come back in the same moment.
 */
export const retryDelay = (failures: number, { firstMs, lastMs }: Waits): number =>
  Math.min(lastMs, firstMs * 2 ** failures) * (0.5 + Math.random() / 2);
