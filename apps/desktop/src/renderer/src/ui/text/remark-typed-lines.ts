/**
 * A person's text as its writer saw it: each line end is a line break, and so is `<br>`; what stands
 * in `<!-- … -->`, which importers and templates leave behind, is not shown. Other HTML stays text.
 */
type Node = { type: string; value?: string; children?: Node[] };

export function remarkTypedLines() {
  return (tree: Node) => walk(tree);
}

function walk(node: Node) {
  if (!node.children) return;
  for (const child of node.children) walk(child);
  node.children = node.children.flatMap((child) => shown(child, node.type));
}

const holdsBlocks = new Set(["root", "blockquote", "listItem"]);

function shown(node: Node, parent: string): Node[] {
  const { type, value = "" } = node;
  if (type === "text") return withBreaks(node);
  if (type !== "html") return [node];
  if (/^<br\s*\/?>$/i.test(value)) return [{ type: "break" }];
  const rest = withoutComments(value);
  if (rest === value) return [node];
  if (!rest.trim()) return [];
  const text = { ...node, value: rest };
  return [holdsBlocks.has(parent) ? { type: "paragraph", children: [text] } : text];
}

/** One that is never closed hides what follows, as it does in HTML. */
const withoutComments = (html: string) => html.replace(/<!--[\s\S]*?(?:-->|$)/g, "");

function withBreaks(node: Node): Node[] {
  const typed = (node.value ?? "").split(/\r?\n/);
  if (typed.length === 1) return [node];
  const lines = typed.map((line, i) => (i < typed.length - 1 ? withoutEndSpaces(line) : line));
  return lines.flatMap((line, i) => {
    const text = line ? [{ ...node, value: line }] : [];
    return i === 0 ? text : [{ type: "break" }, ...text];
  });
}

/** From the end: a pattern would try each space of a long run within the line as the first of the last. */
function withoutEndSpaces(line: string): string {
  let end = line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end--;
  return line.slice(0, end);
}
