/** A document as ProseMirror's JSON. */
export type MarkJson = { type: string; attrs?: Record<string, unknown> };
export type NodeJson = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: NodeJson[];
  marks?: MarkJson[];
  text?: string;
};
export type DocumentJson = NodeJson & { type: "doc" };

/** Each node, those above before those within. */
export function* nodesOf(node: NodeJson): Generator<NodeJson> {
  yield node;
  for (const child of node.content ?? []) yield* nodesOf(child);
}
