import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type CachePrefix, ownKey } from "@/sync/procedures.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { HistoryItem } from "./comment.ts";

type Page = { items: HistoryItem[]; nextBefore: number | null };
export type History = InfiniteData<Page, number | null>;

export const histories: CachePrefix<History> = ["taskHistory"];
export const historyKey = (taskId: string) => ownKey<History>("taskHistory", taskId);

/**
 * What happened to a task, newest first, as far back as was asked for. Live. `isKnown`: the server
 * has the task, so that it can be asked.
 */
export function useHistory(taskId: string, isKnown: boolean) {
  const { connection } = useSyncClient();
  const query = useInfiniteQuery({
    queryKey: historyKey(taskId),
    enabled: isKnown,
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      connection.client.changes.history.query(
        { entityId: taskId, before: pageParam, limit: 100 },
        { signal },
      ),
    getNextPageParam: (page: Page) => page.nextBefore,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    items,
    /** The oldest item is the first that ever happened. */
    isWhole: query.data !== undefined && !query.hasNextPage,
    readOlder: query.hasNextPage ? () => void query.fetchNextPage() : null,
    isReading: query.isFetching,
  };
}
