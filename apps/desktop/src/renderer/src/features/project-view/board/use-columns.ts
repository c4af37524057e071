import { useMemo, useState } from "react";
import { uuidv7 } from "uuidv7";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import type { Project, Status, Workspace } from "@/entities/workspaces/workspace.ts";
import { workspaceKey } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";
import type { ColumnParts } from "./model/column-context.ts";

/** The columns of a project: in which order, and which of them this person keeps folded. */
export function useColumns(project: Project): ColumnParts {
  const moveColumn = useMoveColumn(project);
  const { statuses } = project;
  const [folded, setFolded] = useState(() => readFolded(project));
  return useMemo(
    () => ({
      statuses,
      isCollapsed: (statusId) => folded.has(statusId),
      toggle(statusId) {
        const next = new Set(folded);
        if (!next.delete(statusId)) next.add(statusId);
        localStorage.setItem(foldedKey(project.id), JSON.stringify([...next]));
        setFolded(next);
      },
      moveColumn,
    }),
    [statuses, folded, project.id, moveColumn],
  );
}

const foldedKey = (projectId: string) => `guildhall.folded.${projectId}`;

/** What was cancelled is seldom looked at: its column starts folded, and still takes a drop. */
function readFolded({ id, statuses }: Project): ReadonlySet<string> {
  const stored = localStorage.getItem(foldedKey(id));
  if (stored) return new Set(JSON.parse(stored) as string[]);
  return new Set(statuses.filter((s) => s.category === "cancelled").map((s) => s.id));
}

/** Shown at once; the server's answer only confirms it, and its refusal puts the column back. */
function useMoveColumn(project: Project) {
  const { cache } = useSyncClient();
  const { mutate } = trpc.statuses.update.useMutation();
  const pushUndo = useSettingsUndo();
  return useMemo(() => {
    const { workspaceId } = project;
    const show = (statuses: Status[]) =>
      cache.setQueryData(workspaceKey(workspaceId), (workspace) =>
        workspace ? withStatuses(workspace, project.id, statuses) : undefined,
      );
    return (statusId: string, to: number) => {
      const before = project.statuses;
      const next = moved(before, statusId, to);
      const beforeId = next[next.findIndex(({ id }) => id === statusId) + 1]?.id ?? null;
      const of = uuidv7();
      show(next);
      mutate(
        { id: statusId, patch: { beforeId }, mutationId: of },
        {
          onSuccess: ({ id, name }) =>
            pushUndo({ mutation: "statuses.undo", id, of, label: `Move the status ${name}` }),
          onError: (error) => {
            show(before);
            const title = "Couldn't move the column";
            notify({ title, description: formatError(error), tone: "failed" });
          },
        },
      );
    };
  }, [cache, mutate, pushUndo, project]);
}

const withStatuses = (workspace: Workspace, projectId: string, statuses: Status[]): Workspace => ({
  ...workspace,
  projects: workspace.projects.map((p) => (p.id === projectId ? { ...p, statuses } : p)),
});

function moved(statuses: readonly Status[], id: string, to: number): Status[] {
  const column = statuses.find((status) => status.id === id);
  const others = statuses.filter((status) => status.id !== id);
  return column ? others.toSpliced(to, 0, column) : [...statuses];
}
