import { trpc } from "@/sync/trpc.ts";

/** Whom an invitation's link is for and to what; nothing is asked without one. */
export function useInvitation(secret: string | null) {
  const query = trpc.invitations.preview.useQuery(
    { secret: secret ?? "" },
    // It can be used or withdrawn at any moment: looked at afresh, and kept nowhere.
    { enabled: Boolean(secret), staleTime: 0, gcTime: 0 },
  );
  return {
    invited: query.data,
    isLoading: query.isLoading,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
