import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "@/sync/trpc.ts";
import { useProject, useWorkspace } from "@/sync/use-workspace.ts";
import { type SearchAddress, toQuestion } from "./search-address.ts";

/** What the server finds, page after page; the last answer stays until the next one is there. */
export function useSearch(asked: SearchAddress) {
  const { id: workspaceId } = useWorkspace();
  const project = useProject(asked.project ?? "");
  const question = toQuestion(asked, project?.id, new Date());
  return trpc.search.find.useInfiniteQuery(
    { workspaceId, ...question, limit: 30, counts: true },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      // The feed does not know what would be found: asked afresh each time.
      staleTime: 0,
      gcTime: 0,
      placeholderData: keepPreviousData,
      trpc: { abortOnUnmount: true },
    },
  );
}
