import type { StarterKey } from "@guildhall/api/document-starters";
import { generateKeyBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { keys } from "@/sync/keys.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import type { DocumentRow, Tree } from "@/sync/types.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { notify } from "@/ui/overlays/toast.ts";
import { overlayDocuments } from "./apply-optimistically.ts";
import { idsBelow, indexOf, placeIdOf, ROOT } from "./tree-index.ts";
import { favouriteIds } from "./use-tree.ts";

export type DocumentVerbs = ReturnType<typeof makeDocumentMutations>;

/** Everything that is done to the tree: shown at once, kept here, sent in order, and undoable. */
export function useDocumentMutations(): DocumentVerbs {
  const sync = useSyncClient();
  const { id } = useWorkspace();
  return useMemo(() => makeDocumentMutations(sync, id), [sync, id]);
}

/** So many rows are kept to be shown at once when a delete is taken back; more come with the answer. */
const SHOWN_AGAIN = 200;

/** Directly behind `after`, else before `before`, else last. */
export type TreePlace = {
  parentId: string | null;
  projectId: string | null;
  after?: DocumentRow | undefined;
  before?: DocumentRow | undefined;
};
type NewDocument = Omit<TreePlace, "before"> & {
  kind: DocumentRow["kind"];
  title?: string;
  icon?: string | null;
  starter?: StarterKey;
};

export const nameOf = ({ title }: Pick<DocumentRow, "title">) => title || "Untitled";

function makeDocumentMutations(sync: SyncClient, workspaceId: string) {
  const { outbox, undo } = sync;
  const none = new Map<string, DocumentRow>();
  const rows = () => {
    const { documents = none } = sync.cache.getQueryData<Tree>(keys.tree(workspaceId)) ?? {};
    return overlayDocuments(documents, outbox.entries.get(), workspaceId);
  };
  const step = (label: string, back: () => unknown, again: () => unknown) =>
    undo.push({ label, undo: () => void back(), redo: () => void again() });

  function create({ kind, title = "", icon = null, starter, ...place }: NewDocument): string {
    const id = uuidv7();
    const { parentId, projectId, after } = place;
    const row = newRow({ id, kind, title, icon, ...rankedIn(place) }, place);
    const label = kind === "folder" ? "New folder" : "New document";
    const input = {
      id,
      workspaceId,
      kind,
      title,
      icon,
      parentId,
      projectId,
      starter,
      afterId: after?.id,
    };
    outbox.add({ act: "documents.create", input, workspaceId, label, shownDocuments: [row] });
    step(
      label,
      () => sendDelete(id, label),
      () => sendRestore(id, label, [row]),
    );
    return id;
  }

  function newRow(
    own: Pick<DocumentRow, "id" | "kind" | "title" | "icon" | "rank">,
    { parentId, projectId }: TreePlace,
  ): DocumentRow {
    const parent = parentId ? rows().get(parentId) : undefined;
    const now = new Date();
    const by = sync.me.id;
    return {
      ...own,
      workspaceId,
      projectId: parent ? parent.projectId : projectId,
      parentId,
      visibility: "inherited",
      areaId: parent?.areaId ?? null,
      isTemplate: false,
      version: 0,
      createdBy: by,
      createdAt: now,
      updatedBy: by,
      updatedAt: now,
      archivedAt: null,
    };
  }

  /** Where the server will put it, as far as can be told here. */
  function rankedIn({ parentId, projectId, after, before }: TreePlace) {
    const place = indexOf(rows()).children(parentId ?? projectId ?? ROOT);
    const at = after ? place.findIndex(({ id }) => id === after.id) : -1;
    if (after && at >= 0) return { rank: rankBetween(after, place[at + 1]) ?? after.rank };
    const next = before ? place.findIndex(({ id }) => id === before.id) : -1;
    if (before && next >= 0) return { rank: rankBetween(place[next - 1], before) ?? before.rank };
    return { rank: rankBetween(place.at(-1), undefined) ?? "a0" };
  }

  const sendDelete = (id: string, label: string) =>
    outbox.add({ act: "documents.delete", input: { id }, workspaceId, label });

  function update(
    row: DocumentRow,
    patch: Partial<Pick<DocumentRow, "title" | "icon" | "isTemplate">>,
    label: string,
  ) {
    const was = Object.fromEntries(
      Object.keys(patch).map((name) => [name, row[name as keyof DocumentRow]]),
    );
    const send = (values: object) => {
      const input = { id: row.id, patch: values };
      return outbox.add({ act: "documents.update", input, workspaceId, label });
    };
    /** Only over what it was set to: what somebody has changed since stays. */
    const swap = (from: object, to: object) => {
      const now = { ...rows().get(row.id) } as Record<string, unknown>;
      const isTheirs = Object.entries(from).some(([name, value]) => now[name] !== value);
      return isTheirs ? tellKept(row) : void send(to);
    };
    send(patch);
    return step(
      label,
      () => swap(patch, was),
      () => swap(was, patch),
    );
  }

  function move(row: DocumentRow, to: TreePlace) {
    const label = `Move “${nameOf(row)}”`;
    const back = whereIs(row);
    /** Only from where it was put: where somebody has moved it since, it stays. */
    const swap = (from: TreePlace, place: TreePlace) => {
      const now = rows().get(row.id);
      const parent = from.parentId ? rows().get(from.parentId) : undefined;
      const projectId = parent ? parent.projectId : from.projectId;
      const isThere = now?.parentId === from.parentId && now.projectId === projectId;
      return isThere ? go(place) : tellKept(row);
    };
    const go = (place: TreePlace) => {
      const { parentId, projectId, after, before } = place;
      const input = { id: row.id, parentId, projectId, afterId: after?.id, beforeId: before?.id };
      outbox.add({ act: "documents.move", input, workspaceId, label, place: rankedIn(place) });
    };
    go(to);
    return step(
      label,
      () => swap(to, back),
      () => swap(back, to),
    );
  }

  function whereIs(row: DocumentRow): TreePlace {
    const { children, rows: all } = indexOf(rows());
    const beside = children(placeIdOf(row, all));
    const at = beside.findIndex(({ id }) => id === row.id);
    const { parentId, projectId } = row;
    return { parentId, projectId, after: beside[at - 1], before: beside[at + 1] };
  }

  function setArchived(row: DocumentRow, isArchived: boolean) {
    const label = `${isArchived ? "Archive" : "Restore"} “${nameOf(row)}”`;
    const send = (archived: boolean) => {
      const act = archived ? ("documents.archive" as const) : ("documents.restore" as const);
      return outbox.add({ act, input: { id: row.id }, workspaceId, label });
    };
    send(isArchived);
    return step(
      label,
      () => send(!isArchived),
      () => send(isArchived),
    );
  }

  function remove(row: DocumentRow) {
    const label = `Delete “${nameOf(row)}”`;
    const all = rows();
    const shown = [...idsBelow(all, row.id)].slice(0, SHOWN_AGAIN);
    const shownDocuments = shown.flatMap((id) => all.get(id) ?? []);
    sendDelete(row.id, label);
    return step(
      label,
      () => sendRestore(row.id, label, shownDocuments),
      () => sendDelete(row.id, label),
    );
  }

  const sendRestore = (id: string, label: string, shownDocuments: DocumentRow[] = []) => {
    const act = "documents.restoreFromBin" as const;
    return outbox.add({ act, input: { id }, workspaceId, label, shownDocuments });
  };

  function restoreFromBin(row: DocumentRow) {
    const label = `Restore “${nameOf(row)}”`;
    sendRestore(row.id, label);
    return step(
      label,
      () => sendDelete(row.id, label),
      () => sendRestore(row.id, label),
    );
  }

  function setFavourite(
    row: DocumentRow,
    isFavourite: boolean,
    beside: { afterId?: string; beforeId?: string } = {},
  ) {
    const label = isFavourite
      ? `Add “${nameOf(row)}” to favourites`
      : `Remove “${nameOf(row)}” from favourites`;
    type Place = { afterId?: string | undefined; beforeId?: string | undefined };
    const send = (place: Place | null) =>
      place
        ? outbox.add({
            act: "documents.addFavourite",
            input: { id: row.id, ...place },
            workspaceId,
            label,
          })
        : outbox.add({
            act: "documents.removeFavourite",
            input: { id: row.id },
            workspaceId,
            label,
          });
    const ids = favouriteIds(
      sync.cache.getQueryData<{ documentId: string }[]>(keys.favourites(workspaceId)),
      outbox.entries.get(),
    );
    const at = ids.indexOf(row.id);
    const was = at < 0 ? null : { afterId: ids[at - 1], beforeId: ids[at + 1] };
    const is = isFavourite ? beside : null;
    send(is);
    return step(
      label,
      () => send(was),
      () => send(is),
    );
  }

  return {
    create,
    move,
    whereIs,
    remove,
    restoreFromBin,
    setFavourite,
    rename: (row: DocumentRow, title: string) => update(row, { title }, `Rename “${nameOf(row)}”`),
    setIcon: (row: DocumentRow, icon: string | null) =>
      update(row, { icon }, `Change icon of “${nameOf(row)}”`),
    setTemplate: (row: DocumentRow, isTemplate: boolean) =>
      update(row, { isTemplate }, `Change template “${nameOf(row)}”`),
    archive: (row: DocumentRow) => setArchived(row, true),
    restore: (row: DocumentRow) => setArchived(row, false),
  };
}

/** An undo overwrites nobody. */
function tellKept(row: DocumentRow) {
  notify({
    title: `“${nameOf(row)}” was left as it is`,
    description: "Someone else has changed it since.",
  });
}

/** Null when the neighbours have no room between them; the server then finds the place. */
function rankBetween(after: DocumentRow | undefined, before: DocumentRow | undefined) {
  if (after && before && after.rank >= before.rank) return null;
  return generateKeyBetween(after?.rank ?? null, before?.rank ?? null);
}
