import type { Db } from "@guildhall/db";
import type { Merge } from "./states.ts";
import { storeFinishedVersions } from "./store-versions.ts";

const EVERY_MS = 2 * 60_000;

/**
 * Looks now and then for edit sessions that are over. Every worker does: whoever comes second finds
 * nothing left to do. Returns the function that ends it.
 */
export function startVersionWorker(
  db: Db,
  { merge, onError }: { merge: Merge; onError: (error: unknown) => void },
): () => Promise<void> {
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = running
      .then(() => storeFinishedVersions(db, { until: stopping.signal, merge, onError }))
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
