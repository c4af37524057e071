import { useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

type Changed = {
  mutation: "labels.undo" | "statuses.undo" | "projects.undo" | "groups.undo";
  id: string;
  /** The id of the mutation that changed it. */
  of: string;
  label: string;
};

/** What was changed at the server at once is a step to undo as any other. */
export function useSettingsUndo() {
  const { pushUndo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(
    () =>
      ({ mutation, id, of, label }: Changed) =>
        pushUndo({ workspaceId, label, of, back: () => ({ mutation, input: { id, of } }) }),
    [pushUndo, workspaceId],
  );
}
