import { useState } from "react";
import { uuidv7 } from "uuidv7";
import { useSettingsUndo } from "@/entities/projects/use-settings-undo.ts";
import type { Project, Status } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { usePutStatus } from "./use-put-project.ts";

/** The statuses in their order, a move shown before the server has answered. */
export function useStatusOrder(project: Project) {
  const { put } = usePutStatus();
  const [said, setSaid] = useState("");
  const pushUndo = useSettingsUndo();
  const move = trpc.statuses.update.useMutation({
    onSuccess: (row, { id, mutationId: of }) => {
      put(row);
      if (of) pushUndo({ mutation: "statuses.undo", id, of, label: `Move the status ${row.name}` });
    },
    onError: reportFailure("Couldn't move the status"),
  });
  const { isPending, variables } = move;
  const statuses =
    isPending && variables.patch.beforeId !== undefined
      ? placed(project.statuses, variables.id, variables.patch.beforeId)
      : project.statuses;

  /** null: behind all others. */
  function moveBefore(id: string, beforeId: string | null) {
    if (id === beforeId || isPending) return;
    const next = placed(project.statuses, id, beforeId);
    const at = next.findIndex((status) => status.id === id);
    if (project.statuses[at]?.id === id) return;
    setSaid(`${next[at]?.name ?? ""} is now ${at + 1} of ${next.length}`);
    move.mutate({ id, patch: { beforeId }, mutationId: uuidv7() });
  }

  return { statuses, moveBefore, said };
}

function placed(statuses: readonly Status[], id: string, beforeId: string | null): Status[] {
  const moved = statuses.filter((status) => status.id === id);
  const others = statuses.filter((status) => status.id !== id);
  const at = beforeId === null ? others.length : others.findIndex(({ id }) => id === beforeId);
  return others.toSpliced(at < 0 ? others.length : at, 0, ...moved);
}
