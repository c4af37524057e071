/** Statuses and labels are kept with their project, and change one at a time. */
import { compareText } from "@/lib/locale.ts";
import type { Label, Project, Status, Workspace } from "@/sync/types.ts";

type Parts = { statuses: Status; labels: Label };
type Kind = keyof Parts;
type Row<K extends Kind> = Parts[K] & { projectId: string };

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const orders: { [K in Kind]: (a: Parts[K], b: Parts[K]) => number } = {
  statuses: (a, b) => compare(a.rank, b.rank) || compare(a.id, b.id),
  labels: (a, b) => compareText(a.name, b.name) || compare(a.id, b.id),
};

/** The workspace with this status or label as it is now; null when it is gone. */
export function withPart<K extends Kind>(
  workspace: Workspace,
  kind: K,
  { id, row }: { id: string; row: Row<K> | null },
): Workspace {
  const projects = workspace.projects.map((project): Project => {
    const parts = project[kind] as Parts[K][];
    const others = parts.filter((part) => part.id !== id);
    if (row?.projectId !== project.id) {
      return others.length === parts.length ? project : { ...project, [kind]: others };
    }
    const { projectId: _, ...part } = row;
    return { ...project, [kind]: [...others, part as unknown as Parts[K]].sort(orders[kind]) };
  });
  return { ...workspace, projects };
}
