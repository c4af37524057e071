import { guardFormula } from "@guildhall/importers/tasks";

/** One line of CSV (RFC 4180, CRLF); what begins like a formula is guarded against spreadsheets. */
export const csvLine = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;

/** Blanks at the edges are quoted too: some readers trim bare cells. */
function cell(value: string): string {
  const guarded = guardFormula(value);
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
