import { countWords } from "@guildhall/document-model";
import type { Node } from "@tiptap/pm/model";

/** Nodes never change: each block is counted once, however often the whole is. */
const counted = new WeakMap<Node, number>();

export function wordCount(node: Node): number {
  const known = counted.get(node);
  if (known !== undefined) return known;
  let count = 0;
  if (node.isTextblock) {
    count = countWords(node.textBetween(0, node.content.size, " ", leafText));
  } else {
    node.forEach((child) => {
      count += wordCount(child);
    });
  }
  counted.set(node, count);
  return count;
}

const leafText = ({ attrs }: Node) => ` ${attrs.label ?? attrs.text ?? ""} `;
