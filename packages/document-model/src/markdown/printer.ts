import type { Root } from "mdast";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import { writers } from "./writers.ts";

let printer: { stringify(tree: Root): string } | null = null;

export function print(tree: Root): string {
  printer ??= unified()
    .use(remarkGfm, { singleTilde: false, tablePipeAlign: false, tableCellPadding: true })
    .use(remarkMath, { singleDollarTextMath: false })
    .use(remarkStringify, {
      bullet: "-",
      bulletOther: "*",
      rule: "_",
      emphasis: "*",
      fences: true,
      listItemIndent: "one",
      resourceLink: false,
      ...writers,
    })
    .freeze();
  return printer.stringify(tree);
}
