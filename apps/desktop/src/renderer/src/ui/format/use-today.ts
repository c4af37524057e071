import { useMemo, useSyncExternalStore } from "react";
import { formatDay, parseDay } from "./format-time.ts";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const day = () => formatDay(new Date());

/** A timer stands still while the computer sleeps: who comes back to the page asks the clock. */
function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (watchers.size === 1) {
    document.addEventListener("visibilitychange", turn);
    window.addEventListener("focus", turn);
    waitForMidnight();
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    document.removeEventListener("visibilitychange", turn);
    window.removeEventListener("focus", turn);
    clearTimeout(timer);
  };
}

function turn() {
  for (const watcher of [...watchers]) watcher();
}

/** The next one of this person's zone, whose days may have 23 or 25 hours. */
function waitForMidnight() {
  const now = new Date();
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  timer = setTimeout(() => {
    turn();
    waitForMidnight();
  }, midnight.getTime() - now.getTime());
}

/** The day it is for this person, as its first moment; another one from midnight on. */
export function useToday(): Date {
  const today = useSyncExternalStore(watch, day);
  return useMemo(() => parseDay(today), [today]);
}
