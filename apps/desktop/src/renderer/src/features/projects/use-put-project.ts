import { withPart } from "@/entities/projects/project-patches.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Label, Project, Status, Workspace } from "@/entities/workspaces/workspace.ts";
import { trpc } from "@/sync/trpc.ts";

/** Shows the answer to a change at once; the feed says the same a moment later. */
function usePut() {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  return (change: (open: Workspace) => Workspace) =>
    cache.workspaces.open.setData({ workspaceId }, (open) => open && change(open));
}

export function usePutProject() {
  const put = usePut();
  return (row: Omit<Project, "role" | "statuses" | "labels">) =>
    put((open) => ({
      ...open,
      projects: open.projects.map((each) => (each.id === row.id ? { ...each, ...row } : each)),
    }));
}

type Of<Part> = Part & { projectId: string };

export function usePutStatus() {
  const put = usePut();
  return {
    put: (row: Of<Status>) => put((open) => withPart(open, "statuses", { id: row.id, row })),
    remove: (id: string) => put((open) => withPart(open, "statuses", { id, row: null })),
  };
}

export function usePutLabel() {
  const put = usePut();
  return {
    put: (row: Of<Label>) => put((open) => withPart(open, "labels", { id: row.id, row })),
    remove: (id: string) => put((open) => withPart(open, "labels", { id, row: null })),
  };
}
