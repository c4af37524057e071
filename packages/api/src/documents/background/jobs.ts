/** Post-processes every document that was written, once the writing pauses: post-process-document.ts. */
import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { behind, type PostProcessing } from "./post-process-document.ts";

export const DOCUMENTS = "documents";

export const documentJobs = (services: Services, postProcessing: PostProcessing): JobKind => ({
  queue: DOCUMENTS,
  pollSeconds: 0.5,
  // Few enough that what is written now, which comes first, waits a moment for those under way.
  batch: 50,
  expireInSeconds: 300,
  // What does not work now is found again by whoever looks for what is unfinished.
  retryLimit: 5,
  run: (documentId, signal) => postProcessing.run(services, [documentId], signal),
  runTogether: (ids, signal) => postProcessing.run(services, ids, signal),
  unfinished: () => behind(services.db),
});
