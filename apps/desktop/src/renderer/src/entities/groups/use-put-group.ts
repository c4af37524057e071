import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";
import { withGroup } from "@/entities/workspaces/workspace-patches.ts";
import { trpc } from "@/sync/trpc.ts";

/** Shows the answer to a change at once; the feed says the same a moment later. Null: it is deleted. */
export function usePutGroup() {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  return (id: string, row: Group | null) =>
    cache.workspaces.open.setData({ workspaceId }, (open) => open && withGroup(open, { id, row }));
}
