import { keepPreviousData } from "@tanstack/react-query";
import { type SearchAddress, toQuestion } from "@/entities/search/search-params.ts";
import { useProject, useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { trpc } from "@/sync/trpc.ts";

/** The feed does not know what would be found: asked afresh, with the last answer until then. */
const passing = {
  staleTime: 0,
  gcTime: 0,
  placeholderData: keepPreviousData,
  trpc: { abortOnUnmount: true },
} as const;

/** What the server finds, page after page, and how many there are of each kind a moment later. */
export function useSearch(asked: SearchAddress) {
  const { id: workspaceId } = useWorkspace();
  const project = useProject(asked.project ?? "");
  const question = { workspaceId, ...toQuestion(asked, project?.id, new Date()) };
  const found = trpc.search.find.useInfiniteQuery(
    { ...question, limit: 30 },
    { ...passing, getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
  );
  const { kinds: _, ...ofAllKinds } = question;
  const counted = trpc.search.count.useQuery(ofAllKinds, {
    ...passing,
    enabled: asked.text !== "" && !found.isFetching,
  });
  return { found, counts: asked.text ? (counted.data ?? null) : null };
}
