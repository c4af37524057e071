/**
 * Several values in one cell: `bug, "needs, design"; urgent`. Semicolons separate when there are any
 * outside quotes, else commas; a value in quotes may hold both. `joinValues` writes what
 * `splitValues` reads.
 */
const VALUE = /\s*(?:"([^"]*(?:""[^"]*)*)"\s*(?=[,;]|$)|([^,;]*))([,;]|$)/y;

export function splitValues(cell: string): string[] {
  const parts: { value: string; quoted: boolean; separator: string }[] = [];
  VALUE.lastIndex = 0;
  while (VALUE.lastIndex < cell.length) {
    const match = VALUE.exec(cell);
    if (match === null) break;
    const [, quoted, bare = "", separator = ""] = match;
    const value = quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"');
    parts.push({ value, quoted: quoted !== undefined, separator });
  }
  if (!parts.some(({ separator }) => separator === ";")) return unique(parts.map((p) => p.value));
  // "Doe, Jane; Roe, Rick": the commas belong to the names.
  const values: string[] = [];
  let open = "";
  for (const { value, quoted, separator } of parts) {
    if (separator === "," && !quoted) open += `${value}, `;
    else {
      values.push(open === "" ? value : (open + value).replace(/,\s*$/, ""));
      open = "";
    }
  }
  if (open !== "") values.push(open.replace(/, $/, ""));
  return unique(values);
}

export function joinValues(values: string[]): string {
  return values
    .map((value) => (/[,;"]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(", ");
}

function unique(values: string[]): string[] {
  return [...new Set(values.filter((value) => value !== ""))];
}
