/** Plain Markdown of GitHub's kind, without the signs of other programs: what people type as comments. */
import type { Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";

export type Parser = { parse(markdown: string): Root };

let made: Parser | null = null;

/** Made when first used: it takes some milliseconds. */
export function textParser(): Parser {
  made ??= unified()
    .use(remarkParse)
    .use(remarkGfm, { singleTilde: false })
    .use(remarkAsTokens)
    .freeze();
  return made;
}

/** GFM looks for addresses once more in finished text, where an escape is no longer to be seen. */
export function remarkAsTokens(this: Processor) {
  const data = this.data() as Record<string, unknown[]>;
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? []).flat().map((extension) => {
    const { transforms: _, ...rest } = extension as Record<string, unknown>;
    return rest;
  });
}
