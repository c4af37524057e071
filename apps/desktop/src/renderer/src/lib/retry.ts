/**
 * The one way in which this page tries again: after a wait that doubles with each failure, and at
 * once when the network is back. Half of a wait is chance, so that the pages of a server that was
 * away do not all come back in the same moment.
 */
export type Waits = { firstMs: number; lastMs: number };

export const retryDelay = (failures: number, { firstMs, lastMs }: Waits): number =>
  Math.min(lastMs, firstMs * 2 ** failures) * (0.5 + Math.random() / 2);

export function createRetry(again: () => void, waits: Waits) {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    window.removeEventListener("online", now);
  }

  function now() {
    stop();
    again();
  }

  return {
    later() {
      stop();
      timer = setTimeout(now, retryDelay(failures++, waits));
      window.addEventListener("online", now);
    },
    isWaiting: () => timer !== undefined,
    stop,
  };
}
