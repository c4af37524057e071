import type { RouterOutputs } from "@guildhall/api/client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { invariant } from "@/lib/invariant.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { versionsKey } from "./document.ts";
import { inverseOfName } from "./swap-document.ts";

type Page = RouterOutputs["documents"]["versions"];

/** For as long as the list is open. */
const LOOK_AGAIN_MS = 30_000;

/**
 * The versions of a document, newest first, as far back as was asked for. What people do to them is
 * live; those kept in the background come when the list is opened.
 */
export function useVersions(documentId: string) {
  const { connection } = useSyncClient();
  const query = useInfiniteQuery({
    queryKey: versionsKey(documentId),
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      connection.client.documents.versions.query({ documentId, before: pageParam }, { signal }),
    getNextPageParam: (page: Page) => page.nextBefore,
  });
  const versions = useMemo(
    () => query.data?.pages.flatMap(({ items }) => items) ?? [],
    [query.data],
  );
  return {
    versions,
    /** What was written since the newest of them. */
    writing: query.data?.pages[0]?.writing ?? null,
    isLoading: query.data === undefined,
    error: query.error,
    retry: () => void query.refetch(),
    readOlder: query.hasNextPage ? () => void query.fetchNextPage() : null,
    isReading: query.isFetching,
  };
}

/** One version's text, as a whole Yjs update in base64. It never changes, and is not kept for long. */
export function useVersionState(documentId: string, versionId: string | null) {
  const { connection } = useSyncClient();
  const query = useQuery({
    queryKey: ["document-version", documentId, versionId],
    enabled: versionId !== null,
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      connection.client.documents.version.query(
        { documentId, versionId: invariant(versionId, "only asked with one") },
        { signal },
      ),
  });
  return { state: query.data?.state, error: query.error, retry: () => void query.refetch() };
}

/** Names a version, or the present; null takes the name away. Asked of the server at once. */
export function useNameVersion(documentId: string) {
  const { connection, pushUndo } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  return useMemo(
    () => async (version: { id: string } | null, name: string | null) => {
      const of = uuidv7();
      const input = { documentId, versionId: version?.id ?? null, name, mutationId: of };
      const named = await connection.client.documents.nameVersion.mutate(input);
      const back = () => inverseOfName({ id: of }, { documentId, versionId: named.id });
      pushUndo({ workspaceId, label: "Name a version", of, back });
      return named;
    },
    [connection, pushUndo, workspaceId, documentId],
  );
}
