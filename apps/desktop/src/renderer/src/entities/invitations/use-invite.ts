import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { trpc } from "@/sync/trpc.ts";

/** Makes an invitation, the same for who has an account here and who has none. */
export function useInvite() {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  return trpc.invitations.create.useMutation({
    onSuccess: () => cache.invitations.list.invalidate({ workspaceId }),
  });
}
