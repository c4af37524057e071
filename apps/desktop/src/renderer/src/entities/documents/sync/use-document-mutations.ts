import type { StarterKey } from "@guildhall/document-model/starters";
import { generateKeyBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Act } from "@/sync/mutations.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import type { Undoable } from "@/sync/undo.ts";
import { pushUndoable } from "@/sync/undoable-mutation.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { overlayDocuments } from "./apply-optimistically.ts";
import type { DocumentRow, DocumentView } from "./document.ts";
import { favouritesKey, treeKey } from "./document.ts";
import { type DocumentSwap, placeOf } from "./swap-document.ts";
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
    const { documents = none } = sync.cache.getQueryData(treeKey(workspaceId)) ?? {};
    return overlayDocuments(documents, outbox.entries.get(), workspaceId);
  };
  type Edit = Extract<Act, { act: `documents.${string}` }> &
    Pick<OutboxEntry, "shownDocuments" | "place">;

  function perform(label: string, edit: Edit, swap: DocumentSwap): Undoable {
    const of = uuidv7();
    outbox.add({ ...edit, id: of, workspaceId, label });
    return pushUndo(label, of, swap);
  }

  /** Of what was done by the mutation `of`. */
  const pushUndo = (label: string, of: string, swap: DocumentSwap): Undoable =>
    pushUndoable<DocumentView, DocumentSwap>(sync, {
      ...{ workspaceId, label, of, swaps: [swap] },
      undo: ([documentSwap], of) => ({
        act: "documents.undo",
        input: { id: swap.id, of },
        ...(documentSwap && { documentSwap }),
      }),
    });

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
    const edit = { act: "documents.create" as const, input, shownDocuments: [row] };
    perform(label, edit, { id, from: row, to: null });
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

  function update(
    row: DocumentRow,
    patch: Partial<Pick<DocumentRow, "title" | "icon" | "isTemplate">>,
    label: string,
  ) {
    const was = Object.fromEntries(
      Object.keys(patch).map((name) => [name, row[name as keyof DocumentRow]]),
    );
    const edit = { act: "documents.update" as const, input: { id: row.id, patch } };
    return perform(label, edit, { id: row.id, from: patch, to: was });
  }

  function move(row: DocumentRow, to: TreePlace) {
    const { id } = row;
    const { parentId, projectId, after, before } = to;
    const input = { id, parentId, projectId, afterId: after?.id, beforeId: before?.id };
    const place = rankedIn(to);
    const settled = parentId ? (rows().get(parentId)?.projectId ?? null) : projectId;
    const from = { parentId, projectId: settled, ...place };
    const edit = { act: "documents.move" as const, input, place };
    return perform(`Move “${nameOf(row)}”`, edit, { id, from, to: placeOf(row) });
  }

  function whereIs(row: DocumentRow): TreePlace {
    const { children, rows: all } = indexOf(rows());
    const beside = children(placeIdOf(row, all));
    const at = beside.findIndex(({ id }) => id === row.id);
    const { parentId, projectId } = row;
    return { parentId, projectId, after: beside[at - 1], before: beside[at + 1] };
  }

  function setArchived(row: DocumentRow, isArchived: boolean) {
    const { id } = row;
    const act = isArchived ? ("documents.archive" as const) : ("documents.restore" as const);
    const archivedAt = isArchived ? new Date() : null;
    const swap = { id, from: { archivedAt }, to: { archivedAt: row.archivedAt } };
    const label = `${isArchived ? "Archive" : "Restore"} “${nameOf(row)}”`;
    return perform(label, { act, input: { id } }, swap);
  }

  function remove(row: DocumentRow) {
    const { id } = row;
    const all = rows();
    const ids = [...idsBelow(all, id)].slice(1, SHOWN_AGAIN);
    const below = ids.flatMap((each) => all.get(each) ?? []);
    const edit = { act: "documents.delete" as const, input: { id } };
    return perform(`Delete “${nameOf(row)}”`, edit, { id, from: null, to: row, below });
  }

  function restoreFromBin(row: DocumentRow) {
    const { id } = row;
    const edit = { act: "documents.restoreFromBin" as const, input: { id } };
    return perform(`Restore “${nameOf(row)}”`, edit, { id, from: row, to: null });
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
      sync.cache.getQueryData(favouritesKey(workspaceId)),
      outbox.entries.get(),
    );
    const at = ids.indexOf(row.id);
    const was = at < 0 ? null : { afterId: ids[at - 1], beforeId: ids[at + 1] };
    const is = isFavourite ? beside : null;
    send(is);
    // One's own list: nobody else changes it.
    return undo.push({ label, undo: () => void send(was), redo: () => void send(is) });
  }

  return {
    create,
    /** For what was made at the server at once, by the mutation `of`. */
    made: (label: string, { of, row }: { of: string; row: DocumentRow }) =>
      pushUndo(label, of, { id: row.id, from: row, to: null }),
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

/** Null when the neighbours have no room between them; the server then finds the place. */
function rankBetween(after: DocumentRow | undefined, before: DocumentRow | undefined) {
  if (after && before && after.rank >= before.rank) return null;
  return generateKeyBetween(after?.rank ?? null, before?.rank ?? null);
}
