type Node = {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
  position?: { start: { line: number } };
};

/** Tells each checkbox of a text the source line of its item, so that a click can say which it was. */
export function rehypeTaskLines() {
  return (tree: Node) => {
    const walk = (node: Node, line: number | undefined) => {
      const own = node.tagName === "li" ? node.position?.start.line : line;
      if (node.tagName === "input" && node.properties?.type === "checkbox") {
        node.properties.dataTaskLine = own;
      }
      for (const child of node.children ?? []) walk(child, own);
    };
    walk(tree, undefined);
  };
}
