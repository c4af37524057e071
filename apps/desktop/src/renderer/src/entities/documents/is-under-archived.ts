import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import { pathOf, type Rows } from "@/entities/documents/sync/tree-index.ts";

/** Archived itself, or standing below what is. */
export const isUnderArchived = (row: DocumentRow, rows: Rows): boolean =>
  row.archivedAt !== null || pathOf(rows, row).some(({ archivedAt }) => archivedAt !== null);
