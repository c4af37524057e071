import { use, useCallback } from "react";
import { addresses } from "@/routes/addresses.ts";
import { useRoom } from "@/sync/use-room.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";
import type { PaletteResult } from "@/ui/command-palette.tsx";
import { NavigateContext } from "@/ui/link.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";

const SHOWN = 8;
/** The longest question that the server takes. */
const LONGEST = 200;

/** Asks the server, which knows every project; a newer question calls the older one off. */
export function usePaletteSearch() {
  const { connection } = useRoom();
  const { id: workspaceId, projects } = useWorkspace();
  const navigate = use(NavigateContext);
  return useCallback(
    async (query: string, signal: AbortSignal): Promise<PaletteResult[]> => {
      const tasks = await connection.client.tasks.search.query(
        { workspaceId, query: query.slice(0, LONGEST), limit: SHOWN },
        { signal },
      );
      const statuses = new Map(projects.flatMap((p) => p.statuses.map((s) => [s.id, s] as const)));
      return tasks.map(({ id, key, title, statusId }) => ({
        id,
        label: title,
        detail: key,
        icon: <StatusIcon category={statuses.get(statusId)?.category ?? "backlog"} />,
        run: () => navigate?.(addresses.task(workspaceId, key)),
      }));
    },
    [connection, workspaceId, projects, navigate],
  );
}
