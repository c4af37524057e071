import type { Node } from "@tiptap/pm/model";

/** A sign of Chinese or Japanese counts as a word, as in other editors. */
const words =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]][[\p{L}\p{N}\p{M}'’_]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]]*/gv;

/** Nodes never change: each block is counted once, however often the whole is. */
const counted = new WeakMap<Node, number>();

export function formatCount(node: Node): number {
  const known = counted.get(node);
  if (known !== undefined) return known;
  let count = 0;
  if (node.isTextblock) {
    const text = node.textBetween(0, node.content.size, " ", leafText);
    for (const _ of text.matchAll(words)) count++;
  } else {
    node.forEach((child) => {
      count += formatCount(child);
    });
  }
  counted.set(node, count);
  return count;
}

const leafText = ({ attrs }: Node) => ` ${attrs.label ?? attrs.text ?? ""} `;
