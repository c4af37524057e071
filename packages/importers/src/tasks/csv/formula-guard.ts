/**
 * A spreadsheet runs a cell that begins like a formula, so such a cell is written with an apostrophe
 * in front and read without it. Apostrophes that stood there before get one more, so that reading
 * gives back exactly what was written.
 */
const GUARDABLE = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

export function guardFormula(cell: string): string {
  return GUARDABLE.test(cell) ? `'${cell}` : cell;
}

export function unguardFormula(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
