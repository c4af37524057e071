/** What came since is asked for again by those who look at it; the pages that were read stay as they are. */
import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { queryPrefix } from "@/sync/procedures.ts";

const pages = queryPrefix("activity.list");
const news = [...pages, { type: "query" }];

/** Of each entity that is told of. */
export const activityNews = (tx: CacheTransaction) => tx.invalidate(news);

/** What one may see has changed, and with it what is told of what was. */
export function accessOfActivity(tx: CacheTransaction) {
  tx.forget(
    (query) => !query.isActive() && JSON.stringify(query.queryKey[0]) === JSON.stringify(pages[0]),
  );
  tx.invalidate(pages);
}
