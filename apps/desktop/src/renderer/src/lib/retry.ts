/**
 * The one way in which this page tries again: after a wait that doubles with each failure, and at
 * once when the network or the computer is back.
 */
import { retryDelay, type Waits } from "@guildhall/api/client";
import { onWake } from "./wake.ts";

export function createRetry(again: () => void, waits: Waits) {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let stopListening: (() => void) | undefined;

  function stop() {
    clearTimeout(timer);
    timer = undefined;
    stopListening?.();
    stopListening = undefined;
  }

  function now() {
    stop();
    again();
  }

  return {
    later() {
      stop();
      timer = setTimeout(now, retryDelay(failures++, waits));
      stopListening = onWake(now);
    },
    isWaiting: () => timer !== undefined,
    stop,
  };
}
