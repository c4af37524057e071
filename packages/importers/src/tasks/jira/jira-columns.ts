import type { CsvRow, CsvTable } from "../csv/read-csv.ts";

/** Jira repeats a header for every further value: 687 columns may be called "Attachment". */
export type JiraColumns = {
  /** The first value that is not blank under any of the names. */
  first: (row: CsvRow, ...names: string[]) => string | null;
  /** All values that are not blank, in column order. */
  all: (row: CsvRow, ...names: string[]) => string[];
  /** Headers that begin like this, as written: "Inward issue link (Blocks)". */
  startingWith: (start: string) => string[];
  /** Whether there is a column of any of these names, and the row is long enough to have a cell there. */
  reaches: (row: CsvRow, ...names: string[]) => boolean;
  /** Columns nobody asked for, with how many rows have a value there. */
  unused: () => Map<string, number>;
};

export function jiraColumns({ headers, rows }: CsvTable): JiraColumns {
  const places = new Map<string, number[]>();
  for (const [index, header] of headers.entries()) {
    const key = header.toLowerCase();
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else known.push(index);
  }
  const asked = new Set<string>();
  const valuesOf = (row: CsvRow, name: string): string[] => {
    const key = name.toLowerCase();
    asked.add(key);
    const values: string[] = [];
    for (const index of places.get(key) ?? []) {
      const value = row.cells[index];
      if (value !== undefined && value !== "" && value.trim() !== "") values.push(value);
    }
    return values;
  };
  return {
    reaches: ({ cells }, ...names) =>
      names.some((name) =>
        (places.get(name.toLowerCase()) ?? []).some((index) => index < cells.length),
      ),
    first: (row, ...names) => {
      let found: string | null = null;
      for (const name of names) found ??= valuesOf(row, name)[0] ?? null;
      return found;
    },
    all: (row, ...names) => names.flatMap((name) => valuesOf(row, name)),
    startingWith: (start) => [
      ...new Set(headers.filter((header) => header.toLowerCase().startsWith(start.toLowerCase()))),
    ],
    unused: () => {
      const counts = new Map<string, number>();
      for (const [key, indexes] of places) {
        if (asked.has(key) || key === "") continue;
        const filled = (row: CsvRow) => indexes.some((index) => (row.cells[index] ?? "") !== "");
        const count = rows.filter(filled).length;
        if (count > 0) counts.set(headers[indexes[0] ?? 0] ?? key, count);
      }
      return counts;
    },
  };
}
