import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { keys } from "../keys.ts";
import { isRefusal } from "../query-client.ts";
import type { DocumentRow, Role, Tree } from "../shapes.ts";
import { trpc } from "../trpc.ts";
import { useWorkspace } from "../use-workspace.ts";

export type DocumentWithRole = DocumentRow & { role: Role };

/**
 * The row of one document or folder, live: what the tree knows of it comes at once. `isGone`: in the
 * bin, or not to be seen by this person.
 */
export function useDocument(id: string) {
  const { id: workspaceId, role } = useWorkspace();
  const query = trpc.documents.get.useQuery({ id });
  const tree = useTreeHere(workspaceId);
  const inTree = tree?.documents.get(id);
  const document = useMemo((): DocumentWithRole | undefined => {
    const row = newer(query.data, inTree);
    // Until it is asked, what nobody may forbid: reading.
    return row && { ...row, role: query.data?.role ?? (role === "owner" ? role : "viewer") };
  }, [query.data, inTree, role]);
  const isGone = isRefusal(query.error) && !query.isFetching;
  return {
    document: isGone ? undefined : document,
    isGone,
    error: query.error,
    retry: query.refetch,
  };
}

const newer = (a: DocumentRow | undefined, b: DocumentRow | undefined) =>
  a && b ? (a.version >= b.version ? a : b) : (a ?? b);

/** The tree as far as it is known here; asks nobody. */
export function useTreeHere(workspaceId: string): Tree | undefined {
  return useQuery<Tree>({ queryKey: keys.tree(workspaceId), enabled: false }).data;
}
