type Node = {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
};

/** Numbers a text's checkboxes in reading order, so that a click can say which one it was. */
export function rehypeTaskIndex() {
  return (tree: Node) => {
    let next = 0;
    const walk = (node: Node) => {
      if (node.tagName === "input" && node.properties?.type === "checkbox") {
        node.properties.dataTaskIndex = next++;
      }
      node.children?.forEach(walk);
    };
    walk(tree);
  };
}
