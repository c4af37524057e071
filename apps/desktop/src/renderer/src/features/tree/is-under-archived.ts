import type { DocumentRow } from "@/sync/shapes.ts";
import { pathOf, type Rows } from "@/sync/tree-index.ts";

/** Archived itself, or standing below what is. */
export const isUnderArchived = (row: DocumentRow, rows: Rows): boolean =>
  row.archivedAt !== null || pathOf(rows, row).some(({ archivedAt }) => archivedAt !== null);
