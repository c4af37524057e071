/** Makes thumbnails, finds words and sums: post-process-object.ts. */
import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { postProcessObject, unprocessed } from "./post-process-object.ts";

export const FILES = "files";

export const fileJobs = (services: Services): JobKind => ({
  queue: FILES,
  pollSeconds: 0.5,
  // Whoever drops a hundred photos sees them at once; doing one twice is harmless.
  batch: 10,
  // A sum over 5 GB from a slow store takes its time.
  expireInSeconds: 1_800,
  // What does not work now is found again by whoever looks for what is unfinished.
  retryLimit: 5,
  run: (objectId, signal) => postProcessObject(services, objectId, signal),
  unfinished: () => unprocessed(services.db),
});
