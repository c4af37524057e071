/** Where a document goes when it is dropped on a line of the tree, or moved by a key. */

import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { pathOf, placeIdOf, ROOT } from "@/entities/documents/sync/tree-index.ts";
import type { TreePlace } from "@/entities/documents/sync/use-document-mutations.ts";
import type { ShownTree } from "@/entities/documents/sync/use-tree.ts";
import type { TreeNode } from "./tree-nodes.ts";

export type Where = "before" | "inside" | "after";

/** The upper quarter of a line is before it, the lower one behind it, the middle is inside. */
export function whereOn(node: TreeNode, height: number, y: number): Where {
  if (node.kind === "project") return "inside";
  if (y < height / 4) return "before";
  return y > (height * 3) / 4 ? "after" : "inside";
}

export function placeOn(tree: ShownTree, node: TreeNode, where: Where): TreePlace {
  if (node.kind === "project") return { parentId: null, projectId: node.id };
  const { row } = node;
  const { id, projectId } = row;
  if (where === "inside") return { parentId: id, projectId };
  // Behind an open folder is in it, before its first: that is where the line is drawn.
  if (where === "after" && node.isOpen) {
    return { parentId: id, projectId, before: tree.children(id)[0] };
  }
  const beside = siblingsOf(tree, row);
  const at = beside.findIndex((each) => each.id === id);
  const spot = { parentId: row.parentId, projectId };
  if (where === "before") return { ...spot, after: beside[at - 1], before: row };
  return { ...spot, after: row, before: beside[at + 1] };
}

export const siblingsOf = (tree: ShownTree, row: DocumentView) =>
  tree.children(placeIdOf(row, tree.rows));

/** The right to write is needed where it leaves, too. */
export function mayMove(tree: ShownTree, row: DocumentView): boolean {
  return tree.mayEdit(row) && mayWriteAt(tree, row);
}

function mayWriteAt(tree: ShownTree, { parentId, projectId }: TreePlace | DocumentView): boolean {
  if (!parentId) return tree.mayEditIn(projectId);
  const parent = tree.rows.get(parentId);
  return parent !== undefined && tree.mayEdit(parent);
}

/** Never below itself, nor where this person may not write. */
export function mayGo(tree: ShownTree, row: DocumentView, place: TreePlace): boolean {
  if (!mayWriteAt(tree, place)) return false;
  const parent = place.parentId ? tree.rows.get(place.parentId) : undefined;
  if (!parent) return true;
  return parent.id !== row.id && pathOf(tree.rows, parent).every(({ id }) => id !== row.id);
}

/** Whether it stands there already. */
export function isThere(tree: ShownTree, row: DocumentView, place: TreePlace): boolean {
  if (row.parentId !== place.parentId || row.projectId !== place.projectId) return false;
  if (place.after?.id === row.id || place.before?.id === row.id) return true;
  const beside = siblingsOf(tree, row);
  const at = beside.findIndex(({ id }) => id === row.id);
  if (!place.after && !place.before) return at === beside.length - 1;
  return beside[at - 1]?.id === place.after?.id && beside[at + 1]?.id === place.before?.id;
}

export type Direction = "up" | "down" | "in" | "out";

/** One step: past a sibling, into the one before it, or out of its parent. Null where there is none. */
export function stepPlace(tree: ShownTree, row: DocumentView, to: Direction): TreePlace | null {
  const beside = siblingsOf(tree, row);
  const at = beside.findIndex(({ id }) => id === row.id);
  const { parentId, projectId } = row;
  const [before, after] = [beside[at - 1], beside[at + 1]];
  switch (to) {
    case "up":
      return before ? { parentId, projectId, after: beside[at - 2], before } : null;
    case "down":
      return after ? { parentId, projectId, after, before: beside[at + 2] } : null;
    case "in":
      return before ? { parentId: before.id, projectId } : null;
    case "out": {
      const parent = parentId ? tree.rows.get(parentId) : undefined;
      if (!parent) return null;
      const around = siblingsOf(tree, parent);
      const next = around[around.findIndex(({ id }) => id === parent.id) + 1];
      return { parentId: parent.parentId, projectId, after: parent, before: next };
    }
  }
}

/** What a place is called. */
export function placeName(
  tree: ShownTree,
  { parentId, projectId }: Pick<TreePlace, "parentId" | "projectId">,
  names: { workspace: string; project: (id: string) => string | undefined },
): string {
  const parent = parentId ? tree.rows.get(parentId) : undefined;
  if (parent) return parent.title || "Untitled";
  return (projectId && names.project(projectId)) || names.workspace;
}

export const placeKey = ({ parentId, projectId }: Pick<TreePlace, "parentId" | "projectId">) =>
  parentId ?? projectId ?? ROOT;
