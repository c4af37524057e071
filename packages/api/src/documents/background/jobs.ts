/** Tends every document that was written, once the writing pauses: tend-document.ts. */
import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { behind, type Tending } from "./tend-document.ts";

export const DOCUMENTS = "documents";

export const documentJobs = (services: Services, tending: Tending): JobKind => ({
  queue: DOCUMENTS,
  pollSeconds: 1,
  expireInSeconds: 300,
  // What does not work now is found again by whoever looks for what is unfinished.
  retryLimit: 5,
  run: (documentId, signal) => tending.tend(services, documentId, signal),
  unfinished: () => behind(services.db),
});
