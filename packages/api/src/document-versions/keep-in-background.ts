import type { Db } from "@guildhall/db";
import { keepFinishedVersions } from "./keep-versions.ts";
import type { Merge } from "./states.ts";

const EVERY_MS = 2 * 60_000;

/**
 * Looks now and then for sittings that are over. Every worker does: whoever comes second finds
 * nothing left to do. Returns the function that ends it.
 */
export function keepVersionsInBackground(
  db: Db,
  { merge, onError }: { merge: Merge; onError: (error: unknown) => void },
): () => Promise<void> {
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running
      .then(() => keepFinishedVersions(db, { until: stopping.signal, merge, onError }))
      .catch(onError);
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
