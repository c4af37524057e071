import { CSV_FIELDS, type CsvField, headersOf, takesAll } from "../plan/fields.ts";
import { ImportFileError } from "../plan/import-file-error.ts";
import type { CsvSystem } from "./systems.ts";

/** Column → field. A key of digits is the index of a column (from 0), any other a header. */
export type CsvMapping = Record<string, CsvField>;

/** A first guess for the page, by header and by whose table it is; keys are column indexes. */
export function suggestMapping(headers: string[], system: CsvSystem | null = null): CsvMapping {
  const mapping: CsvMapping = {};
  const plain = headers.map((header) => header.trim().toLowerCase());
  const own = system?.fields ?? {};
  for (const [index, header] of plain.entries()) {
    const field = own[header];
    if (field) mapping[index] = field;
  }
  const taken = new Set(Object.values(mapping));
  for (const field of CSV_FIELDS) {
    if (taken.has(field) && !takesAll(field)) continue;
    for (const name of headersOf(field)) {
      const indexes = [...plain.keys()].filter(
        (index) => plain[index] === name && !mapping[index] && !(name in own),
      );
      for (const index of takesAll(field) ? indexes : indexes.slice(0, 1)) {
        mapping[index] = field;
      }
      if (indexes.length > 0 && !takesAll(field)) break;
    }
  }
  return mapping;
}

/** Field → indexes of its columns. */
export function columnsByField(headers: string[], mapping: CsvMapping): Map<CsvField, number[]> {
  const columns = new Map<CsvField, number[]>();
  for (const [column, field] of Object.entries(mapping)) {
    const indexes = /^\d+$/.test(column)
      ? [Number(column)].filter((index) => index < headers.length)
      : [...headers.keys()].filter((index) => headers[index] === column.trim());
    if (indexes.length === 0) {
      const message = `The file has no column “${column}”. It has: ${listed(headers)}.`;
      throw new ImportFileError("unknown_column", message);
    }
    columns.set(field, [...(columns.get(field) ?? []), ...indexes]);
  }
  if (!columns.has("title")) {
    const message = `No column is mapped to the title (row 1 has: ${listed(headers)}). Choose the column that contains it, or name one “Title”.`;
    throw new ImportFileError("no_title_column", message);
  }
  return columns;
}

function listed(headers: string[]): string {
  const shown = headers.slice(0, 20).map((header) => `“${header.slice(0, 40)}”`);
  return shown.join(", ") + (headers.length > shown.length ? ", …" : "");
}
