import { guardFormula } from "../imports/parse/formula-guard.ts";
import { joinValues } from "../imports/parse/split-values.ts";

export type TaskCsvRow = {
  key: string;
  title: string;
  description: string;
  /** The status's name. */
  status: string;
  priority: string;
  assignees: string[];
  labels: string[];
  /** yyyy-mm-dd */
  dueDate: string | null;
  estimate: number | null;
  /** The parent's key. */
  parent: string | null;
  createdAt: Date;
  completedAt: Date | null;
  archivedAt: Date | null;
};

const COLUMNS: [string, (row: TaskCsvRow) => string][] = [
  ["Key", (row) => row.key],
  ["Title", (row) => row.title],
  ["Description", (row) => row.description],
  ["Status", (row) => row.status],
  ["Priority", (row) => row.priority],
  ["Assignees", (row) => joinValues(row.assignees)],
  ["Labels", (row) => joinValues(row.labels)],
  ["Due date", (row) => row.dueDate ?? ""],
  ["Estimate", (row) => (row.estimate === null ? "" : String(row.estimate))],
  ["Parent", (row) => row.parent ?? ""],
  ["Created", (row) => row.createdAt.toISOString()],
  ["Completed", (row) => row.completedAt?.toISOString() ?? ""],
  ["Archived", (row) => row.archivedAt?.toISOString() ?? ""],
];

/**
 * Tasks as CSV (RFC 4180, CRLF, UTF-8 without a byte order mark). The headers are those our own
 * import recognises, and cells that begin like a formula are guarded, so that the file opens
 * safely in a spreadsheet and comes back unchanged.
 */
export function tasksToCsv(rows: Iterable<TaskCsvRow>): string {
  const lines = [COLUMNS.map(([header]) => header).join(",")];
  for (const row of rows) lines.push(COLUMNS.map(([, read]) => cell(read(row))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** Blanks at the edges are quoted too: some readers trim bare cells. */
function cell(value: string): string {
  const guarded = guardFormula(value);
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
