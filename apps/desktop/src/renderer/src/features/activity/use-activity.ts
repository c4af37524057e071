import { useEffect, useMemo } from "react";
import { trpc } from "@/sync/trpc.ts";
import type { ActivityItem, ActivityNames } from "./activity-lines.ts";

export type ActivityPlace = { workspaceId: string; projectId?: string; documentId?: string };

const NONE: ActivityNames = { tasks: [], documents: [], comments: [] };

/** What happened there, newest first, as far back as was asked for. Live. */
export function useActivity(place: ActivityPlace) {
  const older = trpc.activity.list.useInfiniteQuery(place, {
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const pages = older.data?.pages;
  const from = pages?.[0]?.seq;
  const news = trpc.activity.list.useQuery(
    { ...place, after: from ?? 0, limit: 200 },
    { enabled: from !== undefined, placeholderData: (before) => before },
  );
  // So much has come that a page does not hold it: the beginning is read again.
  const { refetch } = older;
  const isTooMuch = news.data?.nextCursor != null;
  useEffect(() => {
    if (isTooMuch) void refetch();
  }, [isTooMuch, refetch]);

  const all = useMemo(
    () => [...(news.data ? [news.data] : []), ...(pages ?? [])],
    [news.data, pages],
  );
  const items = useMemo(
    () => [...new Map(all.flatMap((page) => page.items).map((item) => [item.seq, item])).values()],
    [all],
  );
  const names = useMemo(() => all.map((page) => page.names).reduceRight(merged, NONE), [all]);
  const { hasNextPage, isFetching, fetchNextPage } = older;
  return {
    items: items as ActivityItem[],
    names,
    isLoading: !pages,
    error: older.error,
    retry: () => void older.refetch(),
    readOlder: hasNextPage && !isFetching ? () => void fetchNextPage() : null,
    isWhole: pages !== undefined && !hasNextPage,
    storedFrom: pages?.at(-1)?.storedFrom ?? null,
  };
}

const merged = (a: ActivityNames, b: ActivityNames): ActivityNames => ({
  tasks: [...a.tasks, ...b.tasks],
  documents: [...a.documents, ...b.documents],
  comments: [...a.comments, ...b.comments],
});
