import { type Board, boardKey } from "@/entities/tasks/sync/task.ts";
import { useProject, useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { isRefusal } from "@/sync/server/refusal.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

export type FoundTask =
  | { state: "found"; id: string }
  | { state: "looking" }
  | { state: "gone" }
  | { state: "failed"; retry: () => void };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds a task by what its address says: its key, or its id while it has no key yet because the
 * server does not know it. A board that was opened here answers at once, also without a connection.
 */
export function useTaskId(keyOrId: string): FoundTask {
  const { id: workspaceId } = useWorkspace();
  const { cache } = useSyncClient();
  const key = keyOrId.toUpperCase();
  const project = useProject(key.slice(0, Math.max(0, key.lastIndexOf("-"))));
  const known = uuid.test(keyOrId)
    ? keyOrId
    : project && idOnBoard(cache.getQueryData(boardKey(project.id)), key);
  const asked = trpc.tasks.getByKey.useQuery({ workspaceId, key }, { enabled: !known });

  const id = known ?? asked.data?.id;
  if (id) return { state: "found", id };
  if (!asked.error) return { state: "looking" };
  if (isRefusal(asked.error)) return { state: "gone" };
  return { state: "failed", retry: () => void asked.refetch() };
}

function idOnBoard(board: Board | undefined, key: string): string | undefined {
  for (const task of board?.tasks.values() ?? []) if (task.key === key) return task.id;
  return undefined;
}
