/** Lines as people type them: each line end is a break, and no space stands beside one. */
import type { NodeJson } from "../json.ts";

const isCode = ({ marks }: NodeJson) => marks?.some(({ type }) => type === "code") ?? false;

export function typedLine(nodes: NodeJson[]): NodeJson[] {
  const found: NodeJson[] = [];
  for (const node of nodes) {
    if (node.text === undefined || isCode(node)) found.push(node);
    else {
      // `<br>` at the end of a line is the same break once more.
      const isBroken = found.at(-1)?.type === "hardBreak";
      const lines = (isBroken ? node.text.replace(/^[ \t]*\n/, "") : node.text).split("\n");
      lines.forEach((line, at) => {
        if (at > 0) found.push({ type: "hardBreak", marks: node.marks ?? [] });
        if (line) found.push({ ...node, text: line });
      });
    }
  }
  return found.flatMap((node, at) => {
    if (node.text === undefined || isCode(node)) return [node];
    const start = found[at - 1]?.type === "hardBreak" ? startOf(node.text) : 0;
    const end = found[at + 1]?.type === "hardBreak" ? endOf(node.text) : node.text.length;
    return end > start ? [{ ...node, text: node.text.slice(start, end) }] : [];
  });
}

const isSpace = (text: string, at: number) => text[at] === " " || text[at] === "\t";

/** By hand: a pattern would try each space of a long run within the line as the first of the last. */
function endOf(text: string): number {
  let end = text.length;
  while (isSpace(text, end - 1)) end--;
  return end;
}

function startOf(text: string): number {
  let start = 0;
  while (isSpace(text, start)) start++;
  return start;
}

/** An empty line ends a paragraph. */
export function typedParagraphs(content: NodeJson[]): NodeJson[] {
  const paragraphs: NodeJson[][] = [[]];
  content.forEach((node, at) => {
    const isEmptyLine = node.type === "hardBreak" && content[at - 1]?.type === "hardBreak";
    if (!isEmptyLine) paragraphs.at(-1)?.push(node);
    else if (paragraphs.at(-1)?.at(-1)?.type === "hardBreak") {
      paragraphs.at(-1)?.pop();
      paragraphs.push([]);
    }
  });
  return paragraphs
    .filter((line, at) => at === 0 || line.length > 0)
    .map((line) => ({ type: "paragraph", content: line }));
}
