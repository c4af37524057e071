/**
 * Records of a CSV text, with the row and line of each.
 *
 * A library parser was tried first. Strict, it refuses a bare quote inside a cell (`5" pipe`), which
 * spreadsheets and people write. Relaxed, a missing closing quote silently swallows rows until some
 * later quote happens to fit. And either way it names the line where it gave up, which in a file
 * of long cells is far from the line to repair. So: a quote opens a cell only at the cell's start
 * (after blanks), anything but a delimiter behind the closing quote is an error, and the error names
 * the line where that cell opened. Cells are found with indexOf, so the cost is linear.
 */

export type CsvRecord = { cells: string[]; row: number };

export type CsvFault = { kind: "not-closed" | "misplaced"; openedAt: number; foundAt: number };

type Cursor = {
  text: string;
  delimiter: string;
  offset: number;
  /** The next delimiter at or behind `offset`: searched anew for each cell, a file of one column
   * would be read to its end once per row. */
  delimiterAt: number;
};

export function* scanCsv(text: string, delimiter: string): Generator<CsvRecord | CsvFault> {
  const cursor: Cursor = { text, delimiter, offset: 0, delimiterAt: -1 };
  for (let row = 1; cursor.offset < text.length; row += 1) {
    const cells = scanRecord(cursor);
    if (!Array.isArray(cells)) {
      yield cells;
      return;
    }
    yield { cells, row };
  }
}

function scanRecord(cursor: Cursor): string[] | CsvFault {
  const { text, delimiter } = cursor;
  const cells: string[] = [];
  // Without the next line end at hand every empty cell of a wide row would search for it anew.
  let lineEnd = nextLineEnd(text, cursor.offset);
  for (;;) {
    const opensAt = quoteAtStart(cursor);
    if (opensAt === null) {
      const end = Math.min(nextDelimiter(cursor), lineEnd);
      cells.push(text.slice(cursor.offset, end));
      cursor.offset = end;
    } else {
      const cell = scanQuoted(cursor, opensAt);
      if (typeof cell !== "string") return cell;
      cells.push(cell);
      if (cursor.offset > lineEnd) lineEnd = nextLineEnd(text, cursor.offset);
    }
    if (text[cursor.offset] === delimiter) {
      cursor.offset += 1;
      continue;
    }
    if (text[cursor.offset] === "\r" && text[cursor.offset + 1] === "\n") cursor.offset += 1;
    cursor.offset += 1;
    return cells;
  }
}

function nextDelimiter(cursor: Cursor): number {
  if (cursor.delimiterAt < cursor.offset) {
    const found = cursor.text.indexOf(cursor.delimiter, cursor.offset);
    cursor.delimiterAt = found === -1 ? cursor.text.length : found;
  }
  return cursor.delimiterAt;
}

/** CR, LF or CRLF end a record; the end of the text ends the last one. */
function nextLineEnd(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.test(text) ? LINE_END.lastIndex - 1 : text.length;
}

const LINE_END = /[\r\n]/g;

function quoteAtStart({ text, offset, delimiter }: Cursor): number | null {
  let at = offset;
  while (text[at] === " " || (text[at] === "\t" && delimiter !== "\t")) at += 1;
  return text[at] === '"' ? at : null;
}

function scanQuoted(cursor: Cursor, opensAt: number): string | CsvFault {
  const { text, delimiter } = cursor;
  const parts: string[] = [];
  let from = opensAt + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { kind: "not-closed", openedAt: opensAt, foundAt: text.length };
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') {
      cursor.offset = quote + 1;
      break;
    }
    parts.push('"');
    from = quote + 2;
  }
  while (text[cursor.offset] === " ") cursor.offset += 1;
  const next = text[cursor.offset];
  if (next !== undefined && next !== delimiter && next !== "\n" && next !== "\r") {
    return { kind: "misplaced", openedAt: opensAt, foundAt: cursor.offset };
  }
  return parts.join("");
}
