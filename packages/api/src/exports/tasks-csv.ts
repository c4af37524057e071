import { joinValues } from "@guildhall/importers/tasks";
import { csvLine } from "../core/encoding/csv-line.ts";
import { propertyRows, type Texts } from "../tasks/properties.ts";

export type TaskCsvRow = {
  key: string;
  /** Of each property; statuses, people, labels and tasks by what they are called. */
  texts: Texts;
  /** As text, which the import reads again. */
  checklists: string;
  createdAt: Date;
  completedAt: Date | null;
  archivedAt: Date | null;
};

type Column = [header: string, read: (row: TaskCsvRow) => string];

const COLUMNS: Column[] = [
  ["Key", (row) => row.key],
  ...propertyRows.map(
    ([name, { label, header = label }]): Column => [header, ({ texts }) => joined(texts[name])],
  ),
  ["Checklists", ({ checklists }) => checklists],
  ["Created", (row) => row.createdAt.toISOString()],
  ["Completed", (row) => row.completedAt?.toISOString() ?? ""],
  ["Archived", (row) => row.archivedAt?.toISOString() ?? ""],
];

const joined = (text: string | string[]) => (Array.isArray(text) ? joinValues(text) : text);

/**
 * Tasks as CSV (RFC 4180, CRLF, UTF-8 without a byte order mark). The headers are those our own
 * import recognises, and cells that begin like a formula are guarded, so that the file opens
 * safely in a spreadsheet and comes back unchanged.
 */
export function tasksToCsv(rows: Iterable<TaskCsvRow>): string {
  const lines = [csvLine(COLUMNS.map(([header]) => header))];
  for (const row of rows) lines.push(csvLine(COLUMNS.map(([, read]) => read(row))));
  return lines.join("");
}
