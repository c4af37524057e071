import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { remarkRaw } from "./syntax.ts";
import type { Parser } from "./text-parser.ts";

const parsers = new Map<boolean, Parser>();

/** Made when first used: it takes some milliseconds. */
export function parser(mdx: boolean): Parser {
  const made = parsers.get(mdx) ?? makeParser(mdx);
  parsers.set(mdx, made);
  return made;
}

const makeParser = (mdx: boolean): Parser =>
  unified()
    .use(remarkParse)
    // One tilde is an approximate number far more often than a deletion.
    .use(remarkGfm, { singleTilde: false })
    .use(remarkMath, { singleDollarTextMath: false })
    // Front matter of the YAML kind is taken off before; Hugo's other kind stays where it is.
    .use(remarkFrontmatter, ["toml"])
    .use(remarkRaw, { mdx })
    .freeze();
