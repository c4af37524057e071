import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/overlays/toast.ts";

/** Those that I owned and can restore. */
export function useDeletedProjects(workspaceId: string) {
  const { data } = trpc.projects.deleted.useQuery({ workspaceId }, { staleTime: 30_000 });
  return data ?? [];
}

export function useRestoreProject(workspaceId: string) {
  const cache = trpc.useUtils();
  return trpc.projects.restoreDeleted.useMutation({
    onSuccess: async ({ name }) => {
      await cache.workspaces.open.invalidate({ workspaceId });
      await cache.projects.deleted.invalidate({ workspaceId });
      notify({ title: `Restored ${name}`, description: "Everyone who could see it can again." });
    },
    onError: reportFailure("Couldn't restore the project"),
  });
}
