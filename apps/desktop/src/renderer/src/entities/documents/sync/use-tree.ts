import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { type Role, roleByWorkspace, type Workspace } from "@/entities/workspaces/workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { ChangedRows } from "@/sync/optimistic.ts";
import type { Connection } from "@/sync/server/connection.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { DocumentRow, DocumentView, Tree } from "./document.ts";
import { treeKey } from "./document.ts";
import { favouriteView } from "./favourite-view.ts";
import { indexOf, type Rows, type TreeIndex, treeView } from "./tree-index.ts";

const PAGE = 1_000;
const NOTHING: Tree = { documents: new Map(), areas: {} };

async function readTree(client: Connection["client"], workspaceId: string, signal: AbortSignal) {
  const documents = new Map<string, DocumentRow>();
  let areas: Tree["areas"] = {};
  let cursor: string | null = null;
  do {
    const page: { items: DocumentRow[]; nextCursor: string | null; areas: Tree["areas"] } =
      await client.documents.list.query({ workspaceId, cursor, limit: PAGE }, { signal });
    for (const row of page.items) documents.set(row.id, row);
    areas = page.areas;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { documents, areas } satisfies Tree;
}

export type ShownTree = TreeIndex & {
  roleIn: (row: DocumentRow) => Role;
  mayEdit: (row: DocumentRow) => boolean;
  /** Its owners, and who made it while they may still write. */
  mayShare: (row: DocumentRow) => boolean;
  /** Of a place that is no document: a project by its id, else the workspace. */
  mayEditIn: (projectId: string | null) => boolean;
  isLoading: boolean;
  error: unknown;
  retry: () => void;
};

const shown = new WeakMap<Rows, { entries: string; rows: Rows }>();

/** With what waits in the outbox. The same for all who ask, so that it is put into order once. */
export function shownDocuments(
  { waitingIn, applyWaiting }: SyncClient,
  { rows, workspaceId }: { rows: Rows; workspaceId: string },
): Rows {
  const waiting = waitingIn(treeView, workspaceId);
  const entries = waiting.map(({ id, refusal }) => id + (refusal ? "!" : "")).join(" ");
  const known = shown.get(rows);
  if (known?.entries === entries) return known.rows;
  const state = { documents: new ChangedRows<DocumentView>(rows) };
  applyWaiting(treeView, state, waiting);
  shown.set(rows, { entries, rows: state.documents.current });
  return state.documents.current;
}

/** All documents of the workspace that I may see, with what waits in the outbox. Live. */
export function useTree(): ShownTree {
  const sync = useSyncClient();
  const { connection, outbox, me } = sync;
  const workspace = useWorkspace();
  const { id: workspaceId } = workspace;
  const { data, error, refetch } = useQuery({
    queryKey: treeKey(workspaceId),
    queryFn: ({ signal }) => readTree(connection.client, workspaceId, signal),
    structuralSharing: false,
  });
  useObservable(outbox.entries);
  const { documents, areas } = data ?? NOTHING;
  const rows = shownDocuments(sync, { rows: documents, workspaceId });
  const isLoading = data === undefined;
  return useMemo(() => {
    const roleIn = (row: DocumentRow) => roleOf(row, workspace, areas);
    const mayEdit = (row: DocumentRow) => roleIn(row) !== "viewer";
    return {
      ...indexOf(rows),
      roleIn,
      mayEdit,
      mayShare: (row) => roleIn(row) === "owner" || (row.createdBy === me.id && mayEdit(row)),
      mayEditIn: (projectId) => roleAt(projectId, workspace) !== "viewer",
      isLoading,
      error,
      retry: () => void refetch(),
    };
  }, [rows, areas, workspace, me.id, isLoading, error, refetch]);
}

/** As the server reckons: the nearest access of its own, else the project's, else the workspace's. */
function roleOf(row: DocumentRow, workspace: Workspace, areas: Tree["areas"]): Role {
  if (workspace.role === "owner") return "owner";
  if (row.areaId) return areas[row.areaId] ?? "viewer";
  return roleAt(row.projectId, workspace);
}

function roleAt(projectId: string | null, workspace: Workspace): Role {
  if (!projectId) return roleByWorkspace(workspace.role);
  return workspace.projects.find(({ id }) => id === projectId)?.role ?? "viewer";
}

/** Ids of the documents that I marked, in my order. */
export function useFavourites(): readonly string[] {
  const sync = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  // In nobody's feed: another device of mine is asked about when the page opens.
  const { data } = trpc.documents.favourites.useQuery(
    { workspaceId },
    { refetchOnMount: "always" },
  );
  const entries = useObservable(sync.outbox.entries);
  return useMemo(
    () => favouriteIds(sync, { rows: data, workspaceId }),
    [sync, data, workspaceId, entries],
  );
}

/** In my order, with what waits in the outbox. */
export function favouriteIds(
  { waitingIn, applyWaiting }: SyncClient,
  { rows, workspaceId }: { rows: { documentId: string }[] | undefined; workspaceId: string },
): readonly string[] {
  const state = { ids: (rows ?? []).map(({ documentId }) => documentId) };
  applyWaiting(favouriteView, state, waitingIn(favouriteView, workspaceId));
  return state.ids;
}

/** Ids of what I had open last, the newest first. */
export function useRecent(): readonly string[] {
  const { id: workspaceId } = useWorkspace();
  const { data } = trpc.documents.recent.useQuery({ workspaceId }, { refetchOnMount: "always" });
  return useMemo(() => (data ?? []).map(({ documentId }) => documentId), [data]);
}
