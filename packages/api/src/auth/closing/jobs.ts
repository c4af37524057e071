import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { accountsToErase, eraseAccount } from "./erase-account.ts";

/** Found by a look every half minute: nobody waits for it to the minute. */
export const closedAccountJobs = (services: Services): JobKind => ({
  queue: "closed-accounts",
  pollSeconds: 30,
  expireInSeconds: 3_600,
  retryLimit: 20,
  async run(userId, signal) {
    for await (const _ of eraseAccount(services, userId)) signal.throwIfAborted();
  },
  unfinished: () => accountsToErase(services.db),
});
