import type { Project } from "@/sync/shapes.ts";
import { trpc } from "@/sync/trpc.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";

/** Shows the answer to a change of a project at once; the feed says the same a moment later. */
export function usePutProject() {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  return (row: Omit<Project, "role">) =>
    cache.workspaces.open.setData(
      { workspaceId },
      (open) =>
        open && {
          ...open,
          projects: open.projects.map((each) => (each.id === row.id ? { ...each, ...row } : each)),
        },
    );
}
