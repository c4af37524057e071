import { trpc } from "@/sync/trpc.ts";

/** Those that I owned and can restore. */
export function useDeletedWorkspaces() {
  const { data } = trpc.workspaces.deleted.useQuery(undefined, { staleTime: 30_000 });
  return data?.filter(({ role }) => role === "owner") ?? [];
}
