/** A document to Markdown: GitHub's kind, with HTML where that has no signs. */
import type { BlockContent, ListItem, Root, RootContent, TableRow } from "mdast";
import { writeHtml } from "../html/write-html.ts";
import { type NodeJson, nodesOf } from "../json.ts";
import { ownHref } from "../safe-link.ts";
import { forMarkdown } from "./for-markdown.ts";
import { tagOfMark } from "./html-inline.ts";
import { print } from "./printer.ts";
import { readMarkdown } from "./read-markdown.ts";
import { type Writing, writeInline } from "./write-inline.ts";

export type WriteOptions = {
  /** The address that a link or an image gets in the file, asked with what the document has. */
  address?: (address: string) => string;
  mdx?: boolean;
};

/** How a block is written, from the plainest on. */
const plain = 0;
const withTags = 1;
const asHtml = 2;

const same = (address: string) => address;

export function writeMarkdown(json: NodeJson, options: WriteOptions = {}): string {
  return writeBlocks(forMarkdown(json).content ?? [], {
    address: options.address ?? same,
    isTyped: false,
    readAgain: (printed) => forMarkdown(readMarkdown(printed, { mdx: options.mdx })).content ?? [],
  });
}

type Way = {
  address: (address: string) => string;
  isTyped: boolean;
  readAgain: (printed: string) => NodeJson[];
};

/**
 * Emphasis in Markdown depends on the letters around it: `**中文（x）**后` is none. So what is printed
 * is read again, and a block that does not come back as it was is written with tags for its emphasis,
 * and when that does not help either, as HTML.
 */
export function writeBlocks(blocks: NodeJson[], { address, isTyped, readAgain }: Way): string {
  const ways = blocks.map((block) => plainestWay(block, isTyped));
  const wanted = blocks.map((block) => JSON.stringify(block));
  for (const way of [withTags, asHtml]) {
    const printed = printBlocks(blocks, { address: same, ways, isTyped });
    const differs = differing(
      wanted,
      readAgain(printed).map((block) => JSON.stringify(block)),
    );
    if (differs.size === 0) break;
    for (const at of differs) ways[at] = way;
  }
  return printBlocks(blocks, { address, ways, isTyped });
}

/** Remark makes emphasis work by writing the letter beside it as its number, which nobody can read. */
function plainestWay(block: NodeJson, isTyped: boolean): number {
  if (![...nodesOf(block)].some(({ marks }) => marks?.some(({ type }) => type in tagOfMark))) {
    return plain;
  }
  const printed = printBlocks([block], { address: same, ways: [plain], isTyped });
  return printed.includes("&#x") ? withTags : plain;
}

/** Which did not come back; blocks that melted together or fell apart shift those after them. */
function differing(wanted: string[], came: string[]): Set<number> {
  let start = 0;
  while (start < wanted.length && wanted[start] === came[start]) start++;
  let end = 0;
  while (end < wanted.length - start && wanted.at(-1 - end) === came.at(-1 - end)) end++;
  const found = new Set<number>();
  const aligned = wanted.length === came.length;
  for (let at = start; at < wanted.length - end; at++) {
    if (!aligned || wanted[at] !== came[at]) found.add(at);
  }
  return found;
}

type Printing = Pick<Writing, "address" | "isTyped"> & { ways: number[] };

function printBlocks(blocks: NodeJson[], { address, ways, isTyped }: Printing): string {
  const footnotes = new Set(
    blocks.flatMap((block) =>
      [...nodesOf(block)]
        .filter(({ type }) => type === "footnoteDefinition")
        .map(({ attrs }) => String(attrs?.label)),
    ),
  );
  const children = blocks.flatMap((block, at): RootContent[] =>
    ways[at] === asHtml
      ? [{ type: "html", value: writeHtml(block, address) }]
      : writeBlock(block, {
          ...{ address, footnotes, isTyped },
          oneLine: false,
          tags: ways[at] === withTags,
        }),
  );
  return print({ type: "root", children } as Root);
}

function writeBlock(node: NodeJson, writing: Writing): RootContent[] {
  const { type, attrs = {}, content = [] } = node;
  const inside = () => content.flatMap((child) => writeBlock(child, writing)) as BlockContent[];
  switch (type) {
    case "paragraph":
      return content.length > 0
        ? [{ type: "paragraph", children: writeInline(content, writing) }]
        : [];
    case "heading": {
      const children = writeInline(content, { ...writing, oneLine: true });
      return [{ type: "heading", depth: Number(attrs.level) as 1, children }];
    }
    case "horizontalRule":
      return [{ type: "thematicBreak" }];
    case "blockquote":
      return [{ type: "blockquote", children: inside() }];
    case "callout":
      return [{ type: "callout", kind: attrs.kind, children: inside() } as never];
    case "codeBlock": {
      const value = content.map(({ text = "" }) => text).join("");
      const lang = attrs.language ? String(attrs.language) : null;
      const meta = attrs.meta ? String(attrs.meta) : null;
      return [{ type: "code", value, lang: lang ?? (meta && "text"), meta }];
    }
    case "bulletList":
    case "orderedList":
    case "taskList":
      return [writeList(node, writing)];
    case "table":
      return [writeTable(node, writing)];
    case "blockMath":
      return [{ type: "math", value: String(attrs.latex ?? "") } as never];
    case "rawBlock":
      return attrs.text ? [{ type: "html", value: String(attrs.text) }] : [];
    case "fileBlock": {
      const url = writing.address(ownHref("file", String(attrs.fileId)));
      const children = [{ type: "text", value: String(attrs.name ?? "") }] as never;
      const title = writing.isTyped ? null : `file ${Number(attrs.size ?? 0)}`;
      const link = { type: "link", url, title, children } as never;
      return [{ type: "paragraph", children: [link] }];
    }
    case "footnoteDefinition": {
      const label = String(attrs.label ?? "");
      const children = inside();
      return [{ type: "footnoteDefinition", identifier: label.toLowerCase(), label, children }];
    }
    default:
      return inside();
  }
}

function writeList({ type, attrs = {}, content = [] }: NodeJson, writing: Writing): RootContent {
  const items = content.map((item): ListItem => {
    const children = (item.content ?? []).flatMap((child) => writeBlock(child, writing));
    const checked = item.type === "taskItem" ? item.attrs?.checked === true : null;
    if (checked !== null && children[0]?.type !== "paragraph") {
      // A box with nothing behind it is read as text.
      children.unshift({
        type: "paragraph",
        children: [{ type: "raw" as never, value: "&#x20;" }],
      });
    }
    return { type: "listItem", checked, spread: isLoose(children), children: children as never };
  });
  const spread = items.some((item) => item.spread);
  const ordered = type === "orderedList";
  const start = ordered ? Number(attrs.start ?? 1) : null;
  return { type: "list", ordered, start, spread, children: items };
}

/** Written with empty lines between: more than a paragraph and the lists below it. */
const isLoose = (children: RootContent[]) => children.slice(1).some(({ type }) => type !== "list");

function writeTable(node: NodeJson, writing: Writing): RootContent {
  if (!isPlainTable(node)) return { type: "html", value: writeHtml(node, writing.address) };
  const rows = node.content ?? [];
  const align = (rows[0]?.content ?? []).map(({ attrs }) => attrs?.align ?? null);
  const children = rows.map(
    (row): TableRow => ({
      type: "tableRow",
      children: (row.content ?? []).map((cell) => ({
        type: "tableCell",
        children: writeInline(cell.content?.[0]?.content ?? [], { ...writing, oneLine: true }),
      })),
    }),
  );
  return { type: "table", align: align as never, children };
}

/** One row of headers, then cells; each with one line, spanning nothing, aligned as its column is. */
function isPlainTable({ content: rows = [] }: NodeJson): boolean {
  const head = rows[0]?.content ?? [];
  return rows.every(
    ({ content: cells = [] }, row) =>
      cells.length === head.length &&
      cells.every(
        ({ type, attrs = {}, content = [] }, column) =>
          type === (row === 0 ? "tableHeader" : "tableCell") &&
          content.length === 1 &&
          content[0]?.type === "paragraph" &&
          attrs.colspan === 1 &&
          attrs.rowspan === 1 &&
          attrs.align === head[column]?.attrs?.align,
      ),
  );
}
