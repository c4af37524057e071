import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { defineEntity } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";
import {
  type DocumentRow,
  type DocumentVersion,
  documentKey,
  type Tree,
  treeKey,
  type Versions,
  versionsKey,
} from "./document.ts";
import { idsBelow } from "./tree-index.ts";

export const documentPatch = defineEntity("document", (tx, { id, op, row }, { workspaceId }) => {
  if (row) {
    putRow(tx, row);
    tx.update(documentKey(id), (open) =>
      row.version >= open.version ? { ...open, ...row } : open,
    );
  }
  // Gone from a place is not gone: what it is now, and may be for me, the server says.
  else forgetDocuments(tx, workspaceId, [id]);
  if (op !== "update") tx.invalidate(queryKey("documents.trash", { workspaceId }));
});

export const versionPatch = defineEntity("documentVersion", (tx, { row }) => {
  if (row) putVersion(tx, row);
});

export const putVersion = (tx: CacheTransaction, row: DocumentVersion) =>
  tx.update(versionsKey(row.documentId), ({ pages, pageParams }) => ({
    pageParams,
    pages: withVersion(pages, row.id, row),
  }));

/** The newest version is on the first page, which was read when it was not there yet. */
function withVersion(pages: Versions["pages"], id: string, row: DocumentVersion) {
  const isKnown = pages.some(({ items }) => items.some((v) => v.id === id));
  return pages.map((page, i) =>
    isKnown || i > 0
      ? { ...page, items: page.items.map((v) => (v.id === id ? row : v)) }
      : { ...page, items: [row, ...page.items].sort((a, b) => b.seq - a.seq) },
  );
}

/** Comes ahead of the documents whose area comes or goes by it. */
export const documentAccessPatch = defineEntity(
  "documentAccess",
  (tx, { row }, { workspaceId, myId }) => {
    tx.invalidate(queryPrefix("documents.members"));
    if (!row || row.userId !== myId) return;
    const { documentId, role } = row;
    tx.invalidate(openDocuments);
    const tree = tx.edit(treeKey(workspaceId), copied);
    if (!role) {
      delete tree?.areas[documentId];
      forgetDocuments(
        tx,
        workspaceId,
        idsWhere(tree, (row) => row.areaId === documentId),
      );
      return;
    }
    if (tree) tree.areas[documentId] = role;
    // Let in where I was not: what stands there was never told to me.
    if (!tree?.documents.has(documentId)) tx.invalidate(treeKey(workspaceId));
  },
);

export const accessOfDocuments = defineEntity(
  "access",
  (tx, { id, row }, { workspaceId, myId }) => {
    if (row && row.userId !== myId) return;
    // My roles in the documents of the project that have access of their own may hang on it.
    tx.invalidate(treeKey(workspaceId));
    if (row?.role) return;
    const tree = tx.edit(treeKey(workspaceId), copied);
    forgetDocuments(
      tx,
      workspaceId,
      idsWhere(tree, (row) => row.projectId === id),
    );
  },
);

/** My own role in the workspace decides what I may see, and do in what is open. */
export const membersOfDocuments = defineEntity("member", (tx, { id }, { workspaceId, myId }) => {
  if (id === myId) tx.invalidate(treeKey(workspaceId), openDocuments);
});

/** My right to each of them may be another one now. */
const openDocuments = queryPrefix("documents.get");

const copied = ({ documents, areas }: Tree) => ({
  documents: new Map(documents),
  areas: { ...areas },
});

const idsWhere = (tree: Tree | null, which: (row: DocumentRow) => boolean) =>
  [...(tree?.documents.values() ?? [])].filter(which).map(({ id }) => id);

/** What I may no longer see, or not there: what is open of it is asked for again. */
function forgetDocuments(tx: CacheTransaction, workspaceId: string, ids: readonly string[]) {
  const documents = tx.edit(treeKey(workspaceId), copied)?.documents;
  for (const id of ids) {
    documents?.delete(id);
    tx.invalidateCached(documentKey(id));
  }
  // What was found of them is on the screen yet.
  if (ids.length > 0) tx.invalidate(queryPrefix("search"));
}

/** An older row never overwrites a newer one. */
function putRow(tx: CacheTransaction, row: DocumentRow) {
  const documents = tx.edit(treeKey(row.workspaceId), copied)?.documents;
  if (documents && (documents.get(row.id)?.version ?? 0) <= row.version) documents.set(row.id, row);
}

/** The answer to a mutation of the tree says the same as its change will, only sooner. */
export function putDocument(tx: CacheTransaction, row: DocumentRow) {
  putRow(tx, row);
  if (tx.isAwaited(documentKey(row.id))) tx.invalidate(documentKey(row.id));
}

/** With all that is below it. */
export function deleteDocument(tx: CacheTransaction, workspaceId: string, id: string) {
  const documents = tx.edit(treeKey(workspaceId), copied)?.documents;
  if (documents) for (const each of idsBelow(documents, id)) documents.delete(each);
}

export const documentGroupPatch = defineEntity("documentGroup", (tx, { id, row }) => {
  const { documentId } = row ?? {};
  tx.invalidate(
    documentId ? queryKey("documents.groups", { id: documentId }) : queryPrefix("documents.groups"),
    queryPrefix("documents.members"),
    queryKey("groups.roles", { id }),
  );
});
