import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { eraseWorkspace, workspacesToErase } from "./erase-workspace.ts";

/** Found by a look every half minute: nobody waits for it to the minute. */
export const erasureJobs = (services: Services): JobKind => ({
  queue: "erasures",
  pollSeconds: 30,
  expireInSeconds: 3_600,
  retryLimit: 20,
  async run(workspaceId, signal) {
    for await (const _ of eraseWorkspace(services, workspaceId)) signal.throwIfAborted();
  },
  unfinished: () => workspacesToErase(services),
});
