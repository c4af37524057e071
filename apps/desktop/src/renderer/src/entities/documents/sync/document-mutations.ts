/** What is done to the tree, each with how it shows at once, what its answer says, and its way back. */
import { mutationsOf } from "@/sync/define-mutation.ts";
import type { ChangedRows, Edit } from "@/sync/optimistic.ts";
import { reportLeft } from "@/sync/report-left.ts";
import { reversed } from "@/sync/swap.ts";
import { type DocumentRow, type DocumentView, nameOf } from "./document.ts";
import { deleteDocument, putDocument, putVersion } from "./document-patches.ts";
import {
  type DocumentSwap,
  inverse,
  inverseOfName,
  swappedFields,
  swappedPlace,
} from "./swap-document.ts";
import { idsBelow, treeView } from "./tree-index.ts";

type Rows = ChangedRows<DocumentView>;
const defineMutation = mutationsOf(treeView);

type Shown = readonly DocumentRow[] | undefined;
const insertShown = ({ documents }: { documents: Rows }, _: unknown, edit: Edit, shown: Shown) => {
  for (const row of shown ?? []) edit.insert(documents, row);
};

export const createDocument = defineMutation("documents.create", {
  label: ({ kind }: Pick<DocumentRow, "kind">) =>
    kind === "folder" ? "New folder" : "New document",
  apply: insertShown,
  onAnswer: putDocument,
  inverse,
  creates: ({ id }) => id,
});

export const updateDocument = defineMutation("documents.update", {
  label: ({ what, row }: { what: string; row: DocumentRow }) => `${what} “${nameOf(row)}”`,
  apply: ({ documents }, { id, patch }, edit) =>
    edit.patch(documents, [id], patch as Partial<DocumentView>),
  onAnswer: putDocument,
  inverse,
});

export const moveDocument = defineMutation("documents.move", {
  label: (row: DocumentRow) => `Move “${nameOf(row)}”`,
  apply: ({ documents }, input, edit, place: { rank: string } | undefined) => {
    const { id, parentId = null, projectId = null } = input;
    // A refused move is shown where the server has it.
    if (edit.isRefused) edit.patch(documents, [id]);
    else move(documents, { id, parentId, projectId, ...place }, edit);
  },
  onAnswer: putDocument,
  inverse,
});

export const archiveDocument = defineMutation("documents.archive", {
  label: (row: DocumentRow) => `Archive “${nameOf(row)}”`,
  apply: ({ documents }, { id }, edit) => edit.patch(documents, [id], { archivedAt: edit.at }),
  onAnswer: putDocument,
  inverse,
});

export const restoreDocument = defineMutation("documents.restore", {
  label: (row: DocumentRow) => `Restore “${nameOf(row)}”`,
  apply: ({ documents }, { id }, edit) => edit.patch(documents, [id], { archivedAt: null }),
  onAnswer: putDocument,
  inverse,
});

export const trashDocument = defineMutation("documents.delete", {
  label: (row: DocumentRow) => `Delete “${nameOf(row)}”`,
  apply: ({ documents }, { id }, edit) => trash(documents, id, edit),
  onAnswer: (tx, { id }, { workspaceId }) => deleteDocument(tx, workspaceId, id),
  inverse,
});

export const restoreFromTrash = defineMutation("documents.restoreFromTrash", {
  formerly: ["documents.restoreFromBin"],
  label: (row: DocumentRow) => `Restore “${nameOf(row)}”`,
  // An earlier version knew what comes back.
  apply: insertShown,
  onAnswer: putDocument,
  inverse,
});

export const undoDocument = defineMutation("documents.undo", {
  label: (label: string) => label,
  apply: ({ documents }, { id }, edit, swap: DocumentSwap | undefined) => {
    if (!swap || edit.isRefused) edit.patch(documents, [id]);
    else applySwap(documents, swap, edit);
  },
  onAnswer: (tx, { documents, deletedIds, left }, { workspaceId }) => {
    for (const row of documents) putDocument(tx, row);
    for (const id of deletedIds) deleteDocument(tx, workspaceId, id);
    reportLeft(left, new Map(documents.map((row) => [row.id, `“${nameOf(row)}”`])));
  },
  inverse: ({ id, shown }) => inverse({ id }, reversed(shown as DocumentSwap)),
});

export const undoVersionName = defineMutation("documents.undoVersionName", {
  label: (label: string) => label,
  onAnswer: (tx, { row, left }) => {
    if (row) putVersion(tx, row);
    reportLeft(left, new Map(row?.name ? [[row.id, `“${row.name}”`]] : []));
  },
  inverse: ({ id, input }) => inverseOfName({ id }, input),
});

/** With all that is below it. */
const trash = (documents: Rows, id: string, edit: Edit) =>
  edit.delete(documents, edit.isRefused ? [id] : idsBelow(documents.current, id));

function applySwap(documents: Rows, swap: DocumentSwap, edit: Edit) {
  const { id, from, to, below = [] } = swap;
  if (!to) trash(documents, id, edit);
  else if (!from) insertShown({ documents }, null, edit, [to as DocumentView, ...below]);
  else {
    const now = documents.current.get(id);
    if (!now) return;
    edit.patch(documents, [id], swappedFields(now, swap));
    const place = swappedPlace(now, swap);
    if (place) move(documents, { id, ...place }, edit);
  }
}

type Moving = { id: string; parentId: string | null; projectId: string | null; rank?: string };

function move(documents: Rows, { id, parentId, projectId, ...rank }: Moving, edit: Edit) {
  const row = documents.current.get(id);
  if (!row) return;
  const parent = parentId ? documents.current.get(parentId) : undefined;
  const settled = parent ? parent.projectId : projectId;
  const outer = parent?.areaId ?? null;
  for (const below of idsBelow(documents.current, id)) {
    const each = documents.current.get(below);
    if (!each) continue;
    // What has access of its own keeps it; what had that of a place above takes that of the new one.
    const areaId = each.areaId === row.areaId && row.areaId !== id ? outer : each.areaId;
    documents.changing.set(below, { ...each, projectId: settled, areaId });
  }
  edit.patch(documents, [id], { parentId, ...rank });
}
