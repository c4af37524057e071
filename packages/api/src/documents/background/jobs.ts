/** Tends every document that was written, once the writing pauses: tend-document.ts. */
import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { behind, type Tending } from "./tend-document.ts";

export const DOCUMENTS = "documents";

export const documentJobs = (services: Services, tending: Tending): JobKind => ({
  queue: DOCUMENTS,
  pollSeconds: 0.5,
  // Few enough that what is written now, which comes first, waits a moment for those under way.
  batch: 50,
  expireInSeconds: 300,
  // What does not work now is found again by whoever looks for what is unfinished.
  retryLimit: 5,
  run: (documentId, signal) => tending.tend(services, [documentId], signal),
  runTogether: (ids, signal) => tending.tend(services, ids, signal),
  unfinished: () => behind(services.db),
});
