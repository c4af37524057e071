/** The tree as the sidebar lists it: one line each, only below what is open. */

import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { ROOT, type TreeIndex } from "@/entities/documents/sync/tree-index.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";

type Line = {
  id: string;
  /** From 1, as screen readers count. */
  level: number;
  position: number;
  count: number;
  /** Null: there is nothing below it. */
  isOpen: boolean | null;
};
type DocumentNode = Line & { kind: "document"; row: DocumentView };
type ProjectNode = Line & { kind: "project"; project: Project };
export type TreeNode = DocumentNode | ProjectNode;

type Shown = {
  tree: TreeIndex;
  /** Those that stand at the end, each with its documents below it. */
  projects: readonly Project[];
  open: ReadonlySet<string>;
};

/** Walks only what is open: a closed folder of 20,000 costs nothing. */
export function listNodes({ tree, projects, open }: Shown): TreeNode[] {
  const nodes: TreeNode[] = [];
  const top = tree.children(ROOT);
  const count = top.length + projects.length;
  const isOpen = (id: string) => (tree.children(id).length > 0 ? open.has(id) : null);

  // No recursion: a tree may be deeper than the stack.
  const waiting: { rows: readonly DocumentView[]; at: number; level: number; of: number }[] = [];
  function walk(rows: readonly DocumentView[], level: number, of = rows.length) {
    waiting.push({ rows, at: 0, level, of });
    for (let here = waiting.at(-1); here; here = waiting.at(-1)) {
      const row = here.rows[here.at++];
      if (!row) {
        waiting.pop();
        continue;
      }
      const line = { id: row.id, level: here.level, position: here.at, count: here.of };
      const opened = isOpen(row.id);
      nodes.push({ kind: "document", row, ...line, isOpen: opened });
      if (opened) {
        const below = tree.children(row.id);
        waiting.push({ rows: below, at: 0, level: here.level + 1, of: below.length });
      }
    }
  }

  walk(top, 1, count);
  projects.forEach((project, index) => {
    const { id } = project;
    const opened = isOpen(id);
    const position = top.length + index + 1;
    nodes.push({ kind: "project", project, id, level: 1, position, count, isOpen: opened });
    if (opened) walk(tree.children(id), 2);
  });
  return nodes;
}

/** The line one level further out that this one stands below. */
export function parentLine(nodes: readonly TreeNode[], index: number): number {
  const level = nodes[index]?.level ?? 1;
  for (let i = index - 1; i >= 0; i--) if ((nodes[i]?.level ?? 1) < level) return i;
  return -1;
}
