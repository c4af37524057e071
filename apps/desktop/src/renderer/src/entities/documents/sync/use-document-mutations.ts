import type { StarterKey } from "@guildhall/document-model/starters";
import { generateKeyBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { type DocumentRow, favouritesKey, treeKey } from "./document.ts";
import {
  archiveDocument,
  createDocument,
  moveDocument,
  restoreDocument,
  restoreFromTrash,
  trashDocument,
  updateDocument,
} from "./document-mutations.ts";
import { addFavourite, removeFavourite } from "./favourite-mutations.ts";
import type { FavouritePlace } from "./favourite-view.ts";
import { inverse, placeOf } from "./swap-document.ts";
import { idsBelow, indexOf, placeIdOf, ROOT } from "./tree-index.ts";
import { favouriteIds, shownDocuments } from "./use-tree.ts";

export type DocumentMutations = ReturnType<typeof makeDocumentMutations>;

/** Everything that is done to the tree: shown at once, kept here, sent in order, and undoable. */
export function useDocumentMutations(): DocumentMutations {
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

const NONE = new Map<string, DocumentRow>();

function makeDocumentMutations(sync: SyncClient, workspaceId: string) {
  const { perform } = sync;
  const rows = () => {
    const { documents = NONE } = sync.cache.getQueryData(treeKey(workspaceId)) ?? {};
    return shownDocuments(sync, { rows: documents, workspaceId });
  };

  function create({ kind, title = "", icon = null, starter, ...place }: NewDocument): string {
    const id = uuidv7();
    const { parentId, projectId, after } = place;
    const row = newRow({ id, kind, title, icon, ...rankedIn(place) }, place);
    const own = { id, workspaceId, kind, title, icon, parentId, projectId, starter };
    perform(workspaceId, createDocument, {
      input: { ...own, afterId: after?.id },
      shown: [row],
      was: { id, from: row, to: null },
      about: row,
    });
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
    what: string,
  ) {
    const { id } = row;
    const names = Object.keys(patch) as (keyof typeof patch)[];
    const to = Object.fromEntries(names.map((name) => [name, row[name]]));
    const was = { id, from: patch, to };
    return perform(workspaceId, updateDocument, {
      input: { id, patch },
      was,
      about: { what, row },
    });
  }

  function move(row: DocumentRow, to: TreePlace) {
    const { id } = row;
    const { parentId, projectId, after, before } = to;
    const input = { id, parentId, projectId, afterId: after?.id, beforeId: before?.id };
    const shown = rankedIn(to);
    const settled = parentId ? (rows().get(parentId)?.projectId ?? null) : projectId;
    const was = { id, from: { parentId, projectId: settled, ...shown }, to: placeOf(row) };
    return perform(workspaceId, moveDocument, { input, shown, was, about: row });
  }

  function whereIs(row: DocumentRow): TreePlace {
    const { children, rows: all } = indexOf(rows());
    const beside = children(placeIdOf(row, all));
    const at = beside.findIndex(({ id }) => id === row.id);
    const { parentId, projectId } = row;
    return { parentId, projectId, after: beside[at - 1], before: beside[at + 1] };
  }

  function setArchived(row: DocumentRow, isArchived: boolean) {
    const { id, archivedAt } = row;
    const was = { id, from: { archivedAt: isArchived ? new Date() : null }, to: { archivedAt } };
    const asked = { input: { id }, was, about: row };
    return isArchived
      ? perform(workspaceId, archiveDocument, asked)
      : perform(workspaceId, restoreDocument, asked);
  }

  function remove(row: DocumentRow) {
    const { id } = row;
    const all = rows();
    const ids = [...idsBelow(all, id)].slice(1, SHOWN_AGAIN);
    const below = ids.flatMap((each) => all.get(each) ?? []);
    const was = { id, from: null, to: row, below };
    return perform(workspaceId, trashDocument, { input: { id }, was, about: row });
  }

  function bringBack(row: DocumentRow) {
    const { id } = row;
    const was = { id, from: row, to: null };
    return perform(workspaceId, restoreFromTrash, { input: { id }, shown: [], was, about: row });
  }

  function setFavourite(row: DocumentRow, isFavourite: boolean, beside: FavouritePlace = {}) {
    const { id } = row;
    const rows = sync.cache.getQueryData(favouritesKey(workspaceId));
    const ids = favouriteIds(sync, { rows, workspaceId });
    const at = ids.indexOf(id);
    const was = at < 0 ? null : { afterId: ids[at - 1], beforeId: ids[at + 1] };
    return isFavourite
      ? perform(workspaceId, addFavourite, { input: { id, ...beside }, was, about: row })
      : perform(workspaceId, removeFavourite, { input: { id }, was, about: row });
  }

  return {
    create,
    /** For what was made at the server at once, by the mutation `of`. */
    made: (label: string, { of, row }: { of: string; row: DocumentRow }) =>
      sync.pushUndo({
        ...{ workspaceId, label, of },
        back: () => inverse({ id: of }, { id: row.id, from: row, to: null }),
      }),
    move,
    whereIs,
    remove,
    restoreFromTrash: bringBack,
    setFavourite,
    rename: (row: DocumentRow, title: string) => update(row, { title }, "Rename"),
    setIcon: (row: DocumentRow, icon: string | null) => update(row, { icon }, "Change icon of"),
    setTemplate: (row: DocumentRow, isTemplate: boolean) =>
      update(row, { isTemplate }, "Change template"),
    archive: (row: DocumentRow) => setArchived(row, true),
    restore: (row: DocumentRow) => setArchived(row, false),
  };
}

/** Null when the neighbours have no room between them; the server then finds the place. */
function rankBetween(after: DocumentRow | undefined, before: DocumentRow | undefined) {
  if (after && before && after.rank >= before.rank) return null;
  return generateKeyBetween(after?.rank ?? null, before?.rank ?? null);
}
