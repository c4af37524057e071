import { type WikiContext, wikiInline } from "./jira-inline.ts";

export function isTableRow(line: string): boolean {
  return line.length > 2 && line.startsWith("|") && line.endsWith("|");
}

/** `||head||head||` and `|cell|cell|`; Markdown wants a head, so a table without gets an empty one. */
export function wikiTable(rows: string[], context: WikiContext): string[] {
  const hasHead = rows[0]?.startsWith("||") ?? false;
  const cells = rows.map((row) =>
    splitCells(row).map((cell) => wikiInline(cell.trim(), context).replaceAll("|", "\\|")),
  );
  let width = 1;
  for (const row of cells) width = Math.max(width, row.length);
  // Only the head sets the width. Rows are not padded: one wide row among thousands of narrow ones
  // would cost their product.
  const [head = [], ...body] = hasHead ? cells : [[], ...cells];
  const padded = Array.from({ length: width }, (_, index) => head[index] ?? "");
  return [padded, Array.from({ length: width }, () => "---"), ...body].map(
    (row) => `| ${row.join(" | ")} |`,
  );
}

/** Bars inside links, images and monospace do not part cells. */
const CELL =
  /(?:\[[^[\]\n]{0,500}\]|\{\{[^{}\n]{0,500}\}\}|![^!|\n]{1,200}\|[^!|\n]{1,200}!|[^|])+/g;

function splitCells(row: string): string[] {
  const inner = row.replace(/^\|\|?/, "").replace(/\|\|?$/, "");
  const cells: string[] = [];
  let from = 0;
  for (const match of inner.matchAll(CELL)) {
    // Every single or double bar between two matches parts cells; more bars are empty ones.
    const bars = match.index - from;
    for (let empty = 2; empty < bars; empty += 2) cells.push("");
    cells.push(match[0]);
    from = match.index + match[0].length;
  }
  return cells;
}
