import { useQueryClient } from "@tanstack/react-query";
import { createContext, use, useCallback, useEffect, useState } from "react";
import { invariant } from "@/lib/invariant.ts";
import { cursorKey } from "@/sync/cursor.ts";
import { type FeedLost, followFeed } from "@/sync/feed.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { Project, Workspace } from "./workspace.ts";
import { workspaceKey } from "./workspace.ts";

export const WorkspaceContext = createContext<Workspace | null>(null);

/** The open workspace: its members, projects, statuses, labels, and my role. Live. */
export const useWorkspace = (): Workspace =>
  invariant(use(WorkspaceContext), "this is inside an open workspace");

export function useProject(idOrKey: string): Project | undefined {
  return useWorkspace().projects.find((p) => p.id === idOrKey || p.key === idOrKey);
}

/** Reads the workspace, from here at once if it is kept here, and follows its feed while mounted. */
export function useOpenWorkspace(workspaceId: string) {
  const sync = useSyncClient();
  const cache = useQueryClient();
  const [lost, setLost] = useState<FeedLost | null>(null);
  const [round, setRound] = useState(0);
  const query = trpc.workspaces.open.useQuery({ workspaceId });
  const isRead = query.data !== undefined;

  useEffect(() => {
    if (!isRead) return;
    const { connection, entities, me } = sync;
    const opened = cache.getQueryData(workspaceKey(workspaceId));
    if (!cache.getQueryData(cursorKey(workspaceId)) && opened) {
      const { seq, epoch } = opened;
      cache.setQueryData(cursorKey(workspaceId), { seq, epoch });
    }
    const onLost = (how: FeedLost) =>
      how.reason === "signed_out" ? sync.signedOut() : setLost(how);
    return followFeed({ connection, cache, entities, workspaceId, myId: me.id, onLost });
  }, [sync, cache, workspaceId, isRead, round]);

  /** It is there again, as after it was restored. */
  const reopen = useCallback(() => {
    setLost(null);
    setRound((n) => n + 1);
    void query.refetch();
  }, [query.refetch]);
  return { workspace: query.data, error: query.error, retry: query.refetch, lost, reopen };
}
