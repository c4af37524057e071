import { COMPARED_FIELDS, type ComparedField, type CsvField } from "../plan/fields.ts";
import type { Brought } from "../plan/plan.ts";
import type { CsvRow } from "./read-csv.ts";

type Table = { headers: string[]; columns: Map<CsvField, number[]>; hasIds: boolean };

/** Links are found by ids: without a column of those no row says anything about them. */
const NEED_IDS = new Set<ComparedField>(["parent", "blockedBy"]);

/** A field is brought when it has a column and the row reaches that far. */
export function broughtByCells(
  { cells }: CsvRow,
  { headers, columns, hasIds }: Table,
): { brings: Brought; filled: Brought } {
  const brings: Brought = {};
  const filled: Brought = {};
  const nameOf = (index: number) => (headers[index] ?? "").toLowerCase();
  for (const field of COMPARED_FIELDS) {
    if (NEED_IDS.has(field) && !hasIds) continue;
    const reached = (columns.get(field) ?? []).filter((index) => index < cells.length);
    if (reached.length === 0) continue;
    brings[field] = reached.map(nameOf);
    // Only of these is what several columns say put together.
    if (field !== "labels" && field !== "assignees") continue;
    filled[field] = reached.filter((index) => (cells[index] ?? "").trim() !== "").map(nameOf);
  }
  return { brings, filled };
}
