/** Where each document of a tree stands, worked out once for each state of the rows. */
import { defineView } from "@/sync/define-mutation.ts";
import type { ChangedRows } from "@/sync/optimistic.ts";
import type { DocumentRow, DocumentView } from "./document.ts";

/** What stands in the workspace itself stands under this; in a project under the project's id. */
export const ROOT = "";

export type Rows = ReadonlyMap<string, DocumentView>;
export type TreeIndex = {
  rows: Rows;
  /** In their order, without what is archived. */
  children: (placeId: string) => readonly DocumentView[];
};

/** Under what it is shown: its parent, if that may be seen; else its project or the workspace. */
export const placeIdOf = (row: DocumentRow, rows: Rows) =>
  row.parentId && rows.has(row.parentId) ? row.parentId : (row.projectId ?? ROOT);

const indexes = new WeakMap<Rows, TreeIndex>();

/** Several views ask for the same rows; they are sorted into their places once. */
export function indexOf(rows: Rows): TreeIndex {
  const known = indexes.get(rows);
  if (known) return known;
  const places = new Map<string, DocumentView[]>();
  for (const row of rows.values()) {
    if (row.archivedAt) continue;
    const placeId = placeIdOf(row, rows);
    const place = places.get(placeId);
    if (place) place.push(row);
    else places.set(placeId, [row]);
  }
  const sorted = new Set<string>();
  const index: TreeIndex = {
    rows,
    children(placeId) {
      const place = places.get(placeId);
      if (!place) return NONE;
      if (!sorted.has(placeId)) place.sort(byRank);
      sorted.add(placeId);
      return place;
    },
  };
  indexes.set(rows, index);
  return index;
}

const NONE: readonly DocumentView[] = [];

/** As the server orders them: by rank, byte by byte, then by id. */
const byRank = (a: DocumentRow, b: DocumentRow) =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1;

/** It and all that is below it, archived too. */
export function idsBelow(rows: ReadonlyMap<string, DocumentRow>, id: string): Set<string> {
  const children = Map.groupBy(rows.values(), (row) => row.parentId ?? ROOT);
  const ids = new Set([id]);
  for (const each of ids) for (const child of children.get(each) ?? []) ids.add(child.id);
  return ids;
}

/** From the outermost to its parent, as far as they may be seen. */
export function pathOf(rows: Rows, { parentId }: Pick<DocumentRow, "parentId">): DocumentView[] {
  const path: DocumentView[] = [];
  const seen = new Set<string>();
  for (let id = parentId; id && !seen.has(id); ) {
    const row = rows.get(id);
    if (!row) break;
    seen.add(id);
    path.unshift(row);
    id = row.parentId;
  }
  return path;
}

/** All documents of a workspace, with what waits in the outbox. */
export const treeView = defineView<{ documents: ChangedRows<DocumentView> }>("tree");
