import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "@/ui/format/format-time.ts";
import { Tooltip } from "@/ui/overlays/tooltip.tsx";

/** One clock for all of them, once a minute: a list of 10,000 rows needs no 10,000 timers. */
const watchers = new Set<() => void>();
let minute = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function watchMinute(watcher: () => void) {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    minute = Date.now();
    for (const each of watchers) each();
  }, 60_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** "yesterday", "3 Dec"; the exact time, in the viewer's zone and language, in the tooltip. */
export function RelativeTime({ at }: { at: Date }) {
  const tick = useSyncExternalStore(watchMinute, () => minute);
  // What happened since the last tick is "now", not "in 30 seconds"; a real future keeps its own.
  const now = new Date(at.getTime() > Date.now() ? tick : Math.max(tick, at.getTime()));
  return (
    <Tooltip label={exactTime(at)} side="top">
      <time dateTime={at.toISOString()}>{relativeTime(at, now)}</time>
    </Tooltip>
  );
}
