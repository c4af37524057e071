import { schema } from "@guildhall/db";
import type { Services } from "../core/context.ts";
import type { JobKind } from "../core/jobs.ts";
import { eraseProject } from "./erase-project.ts";
import { dueToErase } from "./erase-rows.ts";
import { eraseWorkspace } from "./erase-workspace.ts";

const { projects, workspaces } = schema;

/** Found by a look every half minute: nobody waits for it to the minute. */
export const erasureJobs = (services: Services): JobKind => ({
  queue: "erasures",
  pollSeconds: 30,
  expireInSeconds: 3_600,
  retryLimit: 20,
  async run(id, signal) {
    // It is the id of one of them, and of the others there is nothing to erase.
    for await (const _ of eraseWorkspace(services, id)) signal.throwIfAborted();
    for await (const _ of eraseProject(services, id)) signal.throwIfAborted();
  },
  unfinished: async () => [
    ...(await dueToErase(services, workspaces)),
    ...(await dueToErase(services, projects)),
  ],
});
