/** A description or a comment to the nodes of a document. */
import { isComment } from "../html-comment.ts";
import type { NodeJson } from "../json.ts";
import { type ReadBlock, readBlocksOf } from "./read-blocks.ts";
import { textParser } from "./text-parser.ts";
import { isHtml } from "./typed-html.ts";
import { typedLine, typedParagraphs } from "./typed-lines.ts";

/** What was written from `from` to `to` of the source, and the nodes it stands for: none for what only others refer to. */
export type TextBlock = ReadBlock;

/** `readTextHtml`, or what somebody does without it, as it takes long to load. */
export type ReadTextHtml = (html: string) => NodeJson[];

/**
 * Each line end is a line break, `guildhall:` links are chips, and HTML that an import brought is read as what
 * it would look like: never as tags, and never more than the nodes of the model. Nothing is cleaned.
 */
export function readText(source: string, readHtml: ReadTextHtml): TextBlock[] {
  const isPlain = !/\r|^\uFEFF/.test(source);
  const text = isPlain ? source : source.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const blocks = readBlocksOf(text, textParser(), {
    resolve: (address) => address,
    resolveName: () => null,
    readHtml: (html) => {
      if (isComment(html)) return null;
      return isHtml(html) ? readHtml(html) : asWritten(html);
    },
    isTyped: true,
  });
  if (isPlain) return blocks;
  const offset = offsetsIn(source);
  return blocks.map(({ from, to, nodes }) => ({ from: offset(from), to: offset(to), nodes }));
}

const asWritten = (source: string) =>
  typedParagraphs(typedLine([{ type: "text", text: source.trim() }]));

/** From offsets in a text with plain line ends to those in its source. */
function offsetsIn(source: string): (offset: number) => number {
  const starts: number[] = [];
  for (let at = source.startsWith("\uFEFF") ? 1 : 0; at < source.length; at++) {
    starts.push(at);
    if (source[at] === "\r" && source[at + 1] === "\n") at++;
  }
  return (offset) => starts[offset] ?? source.length;
}
