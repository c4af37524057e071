export type MarkdownBlock = {
  kind: "blank" | "text" | "item" | "heading" | "rule" | "table" | "caption" | "code";
  lines: string[];
  indent: number;
  quoted: boolean;
};

/** Puts blocks together with the blank lines that Markdown needs and no others. */
export function joinBlocks(blocks: MarkdownBlock[]): string {
  const out: string[] = [];
  let previous: MarkdownBlock | null = null;
  let blank = false;
  for (const block of blocks) {
    if (block.kind === "blank") {
      blank = true;
      continue;
    }
    const gap: Gap = previous === null ? "none" : gapBetween(previous, block, blank);
    if (gap === "blank") out.push(previous?.quoted && block.quoted ? ">" : "");
    if (gap === "break") out.push(`${out.pop() ?? ""}  `);
    const prefix = (block.quoted ? "> " : "") + " ".repeat(block.indent);
    for (const line of block.lines) out.push(line === "" ? prefix.trimEnd() : prefix + line);
    previous = block;
    blank = false;
  }
  return out.join("\n");
}

type Gap = "none" | "break" | "blank";

function gapBetween(previous: MarkdownBlock, next: MarkdownBlock, blank: boolean): Gap {
  if (previous.quoted !== next.quoted) return "blank";
  if (next.kind === "item" && previous.kind === "item") return "none";
  if (next.kind === "item" && next.indent + previous.indent > 0 && !blank) return "none";
  if (blank) return "blank";
  // Jira shows a line end as a line end; Markdown needs two blanks before it.
  const isTextual = previous.kind === "text" || previous.kind === "item";
  return next.kind === "text" && isTextual ? "break" : "blank";
}
