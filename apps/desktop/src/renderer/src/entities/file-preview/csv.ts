/** Which sign parts the cells: the one that is most often in the first line, outside of quotes. */
export function separatorOf(text: string): string {
  const line = /^.*$/m.exec(text.replace(/"[^"]*"/g, ""))?.[0] ?? "";
  const count = (sign: string) => line.split(sign).length;
  return [",", ";", "\t", "|"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** RFC 4180, and what people make of it; at most so many rows. */
export function readCsv(text: string, mostRows: number): { rows: string[][]; isWhole: boolean } {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || cell !== "") rows.push(row);
    row = [];
    cell = "";
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[i + 1] === '"') cell += text[i++];
      else isQuoted = false;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === separator) {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") {
      endRow();
      if (rows.length >= mostRows) return { rows, isWhole: i >= text.length - 1 };
    } else if (sign !== "\r") cell += sign;
  }
  endRow();
  return { rows, isWhole: true };
}
