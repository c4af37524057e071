import { useMemo } from "react";
import type { Role } from "@/entities/workspaces/workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { isEntryOf } from "@/sync/define-mutation.ts";
import { isRefusal } from "@/sync/server/refusal.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { DocumentRow } from "./document.ts";
import { createDocument } from "./document-mutations.ts";
import { useTree } from "./use-tree.ts";

export type DocumentWithRole = DocumentRow & { role: Role };

/**
 * The row of one document or folder, live: what the tree knows of it comes at once. `isGone`: in the
 * bin, or not to be seen by this person.
 */
export function useDocument(id: string) {
  const { outbox } = useSyncClient();
  const entries = useObservable(outbox.entries);
  const isNew = entries.some((e) => isEntryOf(createDocument, e) && e.input.id === id);
  // Asked about what it does not know yet, the server would say that there is no such thing.
  const query = trpc.documents.get.useQuery({ id }, { enabled: !isNew });
  const { rows, roleIn } = useTree();
  const inTree = rows.get(id);
  const document = useMemo((): DocumentWithRole | undefined => {
    const row = newer(query.data, inTree);
    return row && { ...row, role: query.data?.role ?? roleIn(row) };
  }, [query.data, inTree, roleIn]);
  const isGone = isRefusal(query.error) && !query.isFetching && !isNew;
  return {
    document: isGone ? undefined : document,
    isGone,
    error: query.error,
    retry: query.refetch,
  };
}

const newer = (a: DocumentRow | undefined, b: DocumentRow | undefined) =>
  a && b ? (a.version > b.version ? a : b) : (a ?? b);
