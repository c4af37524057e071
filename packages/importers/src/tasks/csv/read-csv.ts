import { ImportFileError } from "../plan/import-file-error.ts";
import { placeOf } from "../text/text-place.ts";
import { type CsvFault, type CsvRecord, scanCsv } from "./scan-csv.ts";

export type CsvTable = {
  /** As written, repeated names included. */
  headers: string[];
  rows: CsvRow[];
};

/** `row` counts as a spreadsheet does: the header is row 1. */
export type CsvRow = { cells: string[]; row: number; place: string };

/** Jira's widest real exports have some thousand columns. */
const MOST_COLUMNS = 20_000;

export function readCsv(text: string): CsvTable {
  const { body, delimiter } = findDelimiter(text);
  let headers: string[] | null = null;
  const rows: CsvRow[] = [];
  for (const record of scanCsv(body, delimiter)) {
    if ("kind" in record) throw faultError(body, record);
    if (isBlank(record)) continue;
    if (headers === null) headers = readHeaders(record);
    else rows.push({ ...record, place: `row ${record.row}` });
  }
  if (headers === null) {
    throw new ImportFileError("file_empty", "The file has no header row and no rows.");
  }
  refuseHalfFile(body, { headers, rows });
  return { headers, rows };
}

/**
 * A file cut off outside quotes is well-formed CSV. It shows by its last row alone: no line end and
 * cells missing, where all rows before are whole.
 */
function refuseHalfFile(text: string, { headers, rows }: CsvTable): void {
  const last = rows.at(-1);
  if (last === undefined || rows.length === 1 || /[\r\n]$/.test(text)) return;
  if (last.cells.length >= headers.length) return;
  if (rows.some((row) => row !== last && row.cells.length < headers.length)) return;
  throw new ImportFileError(
    "file_truncated",
    `The file stops in the middle of ${last.place}: it has ${last.cells.length} of ${headers.length} cells and no line end, while all rows before are whole. Export or upload it again; if the row is meant so, end it with a line break.`,
  );
}

/**
 * A row that is shorter or longer than the header; null when it fits (trailing blanks do). What is
 * missing is empty for a new task; of one that is here already it says nothing (`brings`).
 */
export function raggedMessage(headers: string[], cells: string[]): string | null {
  if (cells.length === headers.length) return null;
  if (cells.length < headers.length) {
    return `The row has ${cells.length} cells and the header ${headers.length}, so the missing cells count as empty.`;
  }
  const extra = cells.slice(headers.length).filter((cell) => cell.trim() !== "");
  if (extra.length === 0) return null;
  return `The row has ${cells.length} cells and the header only ${headers.length}: ${extra.length} skipped, beginning with “${extra[0]?.slice(0, 60)}”.`;
}

function readHeaders({ cells }: CsvRecord): string[] {
  if (cells.length > MOST_COLUMNS) {
    throw new ImportFileError(
      "csv_too_many_columns",
      `The header row has ${cells.length} columns; at most ${MOST_COLUMNS} are read. Is this a CSV file with one header row?`,
    );
  }
  // They are kept beside the tasks, and Postgres takes neither of these.
  return cells.map((cell) => cell.toWellFormed().replaceAll("\0", "").trim());
}

function isBlank({ cells }: CsvRecord): boolean {
  return cells.every((cell) => cell === "" || cell.trim() === "");
}

/** Excel's own hint (`sep=;`) wins; else the separator that the header row uses most. */
function findDelimiter(text: string): { body: string; delimiter: string } {
  const hint = /^sep=([,;\t|])\r?\n/i.exec(text);
  if (hint?.[1] !== undefined) return { body: text.slice(hint[0].length), delimiter: hint[1] };
  const counts = new Map([",", ";", "\t", "|"].map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (let offset = 0; offset < Math.min(text.length, 200_000); offset += 1) {
    const char = text[offset] ?? "";
    if (char === '"') quoted = !quoted;
    if (quoted) continue;
    if ((char === "\n" || char === "\r") && text.slice(0, offset).trim() !== "") break;
    const count = counts.get(char);
    if (count !== undefined) counts.set(char, count + 1);
  }
  const [best] = [...counts].sort(([, left], [, right]) => right - left);
  return { body: text, delimiter: best !== undefined && best[1] > 0 ? best[0] : "," };
}

function faultError(text: string, fault: CsvFault): ImportFileError {
  const opened = placeOf(text, fault.openedAt);
  if (fault.kind === "not-closed") {
    return new ImportFileError(
      "csv_quote_not_closed",
      `The cell that opens with a quote at ${opened} is never closed. Either its closing quote or the end of the file is missing: export the file again, or add the quote.`,
    );
  }
  return new ImportFileError(
    "csv_quote_misplaced",
    `The cell that opens with a quote at ${opened} closes at ${placeOf(text, fault.foundAt)} in the middle of a text. A quote is missing there or before; quotes inside a cell are written twice ("").`,
  );
}
