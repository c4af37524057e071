/** Text with marks, as the model has it, to marks around text, as Markdown and HTML have it. */
import type { MarkJson, NodeJson } from "./json.ts";

export type Nested = { mark: MarkJson; children: Nested[] } | { leaf: NodeJson };

/** From the outermost inwards. Code is last: in Markdown nothing else stands in it. */
const order = ["link", "highlight", "bold", "italic", "strike", "code"];

export function nestMarks(nodes: NodeJson[], level = 0): Nested[] {
  const name = order[level];
  if (name === undefined) return nodes.map((leaf) => ({ leaf }));
  const found: Nested[] = [];
  for (let from = 0; from < nodes.length; ) {
    const mark = markOf(nodes[from], name);
    let to = from + 1;
    while (to < nodes.length && same(markOf(nodes[to], name), mark)) to++;
    const inner = nestMarks(nodes.slice(from, to), level + 1);
    if (mark) found.push({ mark, children: inner });
    else found.push(...inner);
    from = to;
  }
  return found;
}

const markOf = (node: NodeJson | undefined, name: string) =>
  node?.marks?.find(({ type }) => type === name);

const same = (a: MarkJson | undefined, b: MarkJson | undefined) =>
  a?.type === b?.type && a?.attrs?.href === b?.attrs?.href && a?.attrs?.title === b?.attrs?.title;
