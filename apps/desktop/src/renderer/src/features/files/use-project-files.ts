import { useMemo } from "react";
import { trpc } from "@/sync/trpc.ts";

const PAGE = 500;

/** All files of a project that this person may see, page by page. Live. */
export function useProjectFiles(projectId: string) {
  const query = trpc.files.list.useInfiniteQuery(
    { projectId, limit: PAGE },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error, refetch } = query;
  const files = useMemo(() => data?.pages.flatMap(({ items }) => items), [data]);
  return {
    files,
    error,
    retry: refetch,
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
  };
}
