/** Statuses and labels are kept with their project, and change one at a time. */

import {
  type Label,
  type Project,
  roleByWorkspace,
  type Status,
  type Workspace,
  workspaceKey,
} from "@/entities/workspaces/workspace.ts";
import { compareText } from "@/lib/locale.ts";
import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { defineEntity, put } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";

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
    // What is left of the row of a kind is a part of that kind.
    return { ...project, [kind]: [...others, part as unknown as Parts[K]].sort(orders[kind]) };
  });
  return { ...workspace, projects };
}

const byName = (a: Project, b: Project) => compareText(a.name, b.name);

type ProjectRow = Omit<Project, "role" | "statuses" | "labels">;

export const putProjectRow = (tx: CacheTransaction, row: ProjectRow, workspaceId: string) =>
  putProject(tx, { id: row.id, row }, workspaceId);

export const projectPatch = defineEntity("project", (tx, change, { workspaceId }) =>
  putProject(tx, change, workspaceId),
);

function putProject(
  tx: CacheTransaction,
  { id, row }: { id: string; row: ProjectRow | null },
  workspaceId: string,
) {
  tx.update(workspaceKey(workspaceId), (w) => {
    const known = w.projects.find((p) => p.id === id);
    // Its statuses and labels follow by themselves; a change of an older server brings them along.
    const parts = { statuses: known?.statuses ?? [], labels: known?.labels ?? [] };
    const next: Project | null = row && {
      ...parts,
      ...row,
      role: known?.role ?? roleByWorkspace(w.role),
    };
    return { ...w, projects: put(w.projects, next, (p) => p.id === id).sort(byName) };
  });
}

export const statusPatch = defineEntity("status", (tx, change, { workspaceId }) => {
  tx.update(workspaceKey(workspaceId), (w) => withPart(w, "statuses", change));
});

export const labelPatch = defineEntity("label", (tx, change, { workspaceId }) => {
  tx.update(workspaceKey(workspaceId), (w) => withPart(w, "labels", change));
});

export const projectMemberPatch = defineEntity("projectMember", (tx, { row }) => {
  const { projectId } = row ?? {};
  tx.invalidate(
    projectId ? queryKey("projects.members", { id: projectId }) : queryPrefix("projects.members"),
  );
});

export const projectGroupPatch = defineEntity("projectGroup", (tx, { id, row }) => {
  const { projectId } = row ?? {};
  tx.invalidate(
    projectId ? queryKey("projects.groups", { id: projectId }) : queryPrefix("projects.groups"),
    queryKey("groups.roles", { id }),
  );
});
