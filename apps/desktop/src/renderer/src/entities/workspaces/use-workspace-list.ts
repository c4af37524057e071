import { trpc } from "@/sync/trpc.ts";

/**
 * My workspaces: what is kept here at once, then what the server says. The feed tells of the open
 * workspace only, so one that a colleague added me to is learned by asking.
 */
export function useWorkspaceList() {
  const query = trpc.workspaces.list.useQuery(undefined, { staleTime: 30_000 });
  return {
    workspaces: query.data,
    /** What is shown may be older than the answer under way. */
    isAsking: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
