import type { RouterOutputs } from "@guildhall/api/client";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { notify } from "@/ui/overlays/toast.ts";

export type Deleted = RouterOutputs["workspaces"]["deleted"][number];

export function useRestoreWorkspace() {
  const cache = trpc.useUtils();
  return trpc.workspaces.restore.useMutation({
    onSuccess: async ({ name }) => {
      await cache.workspaces.list.invalidate();
      await cache.workspaces.deleted.invalidate();
      notify({ title: `Restored ${name}`, description: "Everyone who was in it is back." });
    },
    onError: reportFailure("Couldn't restore the workspace"),
  });
}
