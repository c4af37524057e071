/** Markdown to a document. */
import { cleanDocument } from "../clean.ts";
import type { DocumentJson } from "../json.ts";
import { readBlockHtml } from "./block-html.ts";
import { parser } from "./processors.ts";
import { type Asked, readBlocksOf } from "./read-blocks.ts";

export type ReadOptions = Partial<Pick<Asked, "resolve" | "resolveName">> & {
  /** With the expressions and imports of MDX. */
  mdx?: boolean | undefined;
};

export function readMarkdown(markdown: string, options: ReadOptions = {}): DocumentJson {
  const source = markdown.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const blocks = readBlocksOf(source, parser(options.mdx ?? false), {
    resolve: options.resolve ?? ((address) => address),
    resolveName: options.resolveName ?? (() => null),
    readHtml: readBlockHtml,
    isTyped: false,
  });
  return cleanDocument({ type: "doc", content: blocks.flatMap(({ nodes }) => nodes) });
}
