import { useParams } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { queryKey } from "@/sync/procedures.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

/** Notes which document is open: here at once, and on the server for the other devices. */
export function useVisits() {
  const { documentId = "" } = useParams({ strict: false });
  const { id: workspaceId } = useWorkspace();
  const { connection, cache } = useSyncClient();
  const row = useTree().rows.get(documentId);
  // What the server has not heard of yet is noted when it has.
  const isThere = row !== undefined && row.version > 0;
  const note = useEffectEvent(() => {
    cache.setQueryData(queryKey("documents.recent", { workspaceId }), (list = []) => [
      { documentId, at: new Date() },
      ...list.filter((each) => each.documentId !== documentId),
    ]);
    // Without a connection it is not worth keeping.
    connection.client.documents.visit.mutate({ id: documentId }).catch(() => undefined);
  });
  useEffect(() => {
    if (isThere && documentId) note();
  }, [isThere, documentId]);
}
