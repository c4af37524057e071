/**
 * The one way in which this page tries again: after a wait that doubles with each failure, and at
 * once when the network is back.
 */
import { retryDelay, type Waits } from "@guildhall/api/client";

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
