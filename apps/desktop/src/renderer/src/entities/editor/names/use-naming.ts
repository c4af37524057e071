import { useEffect, useEffectEvent, useState } from "react";
import { treeKey } from "@/entities/documents/sync/document.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { Naming } from "./typed-names.ts";

/** `labelOf`: what a task is called in the text. Stable: the editor is made once. */
export function useNaming(labelOf: (task: { key: string; title: string }) => string): Naming {
  const { cache, connection } = useSyncClient();
  const { id: workspaceId, projects } = useWorkspace();
  const hasProject = useEffectEvent((key: string) => projects.some((p) => p.key === key));
  const [naming] = useState<Naming>(() => ({
    workspaceId,
    hasProject: () => false,
    titleOf: (id) => cache.getQueryData(treeKey(workspaceId))?.documents.get(id)?.title,
    findTask: (key) =>
      connection.client.tasks.getByKey.query({ workspaceId, key: key.toUpperCase() }).then(
        (task) => ({ id: task.id, label: labelOf(task) }),
        () => null,
      ),
  }));
  useEffect(() => {
    naming.hasProject = (key) => hasProject(key);
  }, [naming]);
  return naming;
}
