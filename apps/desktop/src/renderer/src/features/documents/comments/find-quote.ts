import type { Node } from "@tiptap/pm/model";
import type { Range } from "./anchors.ts";

/** Between blocks, and for what stands in a line without being text. */
const BETWEEN = "\n";
const OBJECT = "\ufffc";
/** Shorter ones stand in many places by chance. */
const SHORTEST = 6;

export const quoteOf = (doc: Node, { from, to }: Range) =>
  doc.textBetween(from, to, BETWEEN, OBJECT).slice(0, 2_000);

/** Where these words stand, if they do in one place and no other. */
export function findQuote(doc: Node, quote: string): Range | null {
  if (quote.length < SHORTEST || quote.includes(BETWEEN)) return null;
  let found: Range | null = null;
  let isOnly = true;
  doc.descendants((node, pos) => {
    if (!isOnly || !node.isTextblock) return isOnly;
    const text = node.textBetween(0, node.content.size, BETWEEN, OBJECT);
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
      if (found) isOnly = false;
      found = { from: pos + 1 + at, to: pos + 1 + at + quote.length };
    }
    return false;
  });
  return isOnly ? found : null;
}
