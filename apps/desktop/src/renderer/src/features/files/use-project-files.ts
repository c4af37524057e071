import { useDeferredValue, useMemo } from "react";
import type { FileKind } from "@/entities/files/file-kind.ts";
import { trpc } from "@/sync/trpc.ts";
import { type Sorting, sortFiles } from "./sort-files.ts";

const PAGE = 500;

type Wanted = { kind: FileKind | "all"; query: string; sorting: Sorting };

/**
 * The files of a project that this person may see, as they are asked for. Live. What fits into a page
 * is sorted and sifted here, at once; of more the server is asked, and what is here is shown meanwhile.
 */
export function useProjectFiles(projectId: string, { kind, query, sorting }: Wanted) {
  const all = usePages({ projectId });
  const named = useDeferredValue(query.trim());
  const isPlain = kind === "all" && named === "" && sorting === "newest";
  const asked = {
    ...{ projectId, order: sorting },
    ...(kind !== "all" && { kind }),
    ...(named && { named }),
  };
  const some = usePages(asked, all.hasNextPage === true && !isPlain);
  const answer = some.data ? some : all;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const found = useMemo(() => {
    const items = answer.data?.pages.flatMap((page) => page.items);
    return items && sortFiles(items, { kind, query, sorting });
  }, [answer.data, kind, query, sorting]);
  return {
    /** Undefined until they are read. */
    found,
    /** That there are any at all. */
    isEmpty: all.data?.pages[0]?.items.length === 0,
    error: all.error,
    retry: () => void all.refetch(),
    more: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : null,
  };
}

type Asked = { projectId: string; kind?: FileKind; named?: string; order?: Sorting };

const usePages = (asked: Asked, enabled = true) =>
  trpc.files.list.useInfiniteQuery(
    { ...asked, limit: PAGE },
    { getNextPageParam: ({ nextCursor }) => nextCursor, enabled },
  );
