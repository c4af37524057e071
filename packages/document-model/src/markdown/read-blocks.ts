/**
 * Markdown to the nodes of a document: what the model does not know is kept letter for letter as raw.
 * They are not cleaned yet, so that who only shows them need not load the schema.
 */
import type { Blockquote, Definition, List, ListItem, Nodes, RootContent, Table } from "mdast";
import type { NodeJson } from "../json.ts";
import { calloutKinds } from "../names.ts";
import { ownLink } from "../safe-link.ts";
import { imageTag } from "./html-inline.ts";
import { labelOf, readInline } from "./read-inline.ts";
import type { Parser } from "./text-parser.ts";
import { typedParagraphs } from "./typed-lines.ts";

type LinkUse = "link" | "image";

export type Reading = {
  /** The address that a link or an image gets, asked with what is written. */
  resolve: (address: string, use: LinkUse) => string;
  /** As `resolve`, for the name in `[[…]]`; null when there is nothing of that name. */
  resolveName: (name: string, use: LinkUse) => string | null;
  /** What a block of HTML stands for; null: nothing that the model knows. */
  readHtml: (html: string, reading: Reading) => NodeJson[] | null;
  /** As people type it: each line end is one, and HTML stands for what it would look like. */
  isTyped: boolean;
  definitions: Map<string, Definition>;
  usedDefinitions: Set<Definition>;
  sourceOf(node: Nodes): string;
};

export type Asked = Pick<Reading, "resolve" | "resolveName" | "readHtml" | "isTyped">;

/** `from` and `to` of what is written for these nodes: none for what only others refer to. */
export type ReadBlock = { from: number; to: number; nodes: NodeJson[] };

/** `source` has its lines ended by "\n". */
export function readBlocksOf(source: string, parser: Parser, asked: Asked): ReadBlock[] {
  const root = parser.parse(source);
  const reading: Reading = {
    ...asked,
    ...collectDefinitions(root),
    sourceOf: ({ position }) =>
      source
        .slice(position?.start.offset ?? 0, position?.end.offset ?? 0)
        .replace(/\n[ \t>]+/g, "\n"),
  };
  return root.children.map((node) => ({
    from: node.position?.start.offset ?? 0,
    to: node.position?.end.offset ?? 0,
    nodes: readBlock(node, reading, source),
  }));
}

/** The first of a name counts, and is needed no more when what refers to it has its address. */
function collectDefinitions(root: Nodes) {
  const definitions = new Map<string, Definition>();
  const usedDefinitions = new Set<Definition>();
  const referred = new Set<string>();
  const visit = (node: Nodes) => {
    if (node.type === "definition" && !definitions.has(node.identifier)) {
      definitions.set(node.identifier, node);
    }
    if (node.type === "linkReference" || node.type === "imageReference") {
      referred.add(node.identifier);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  for (const [name, node] of definitions) if (referred.has(name)) usedDefinitions.add(node);
  return { definitions, usedDefinitions };
}

const rawBlock = (text: string): NodeJson => ({ type: "rawBlock", attrs: { text } });

function readBlocks(nodes: RootContent[], reading: Reading, source: string): NodeJson[] {
  return nodes.flatMap((node) => readBlock(node, reading, source));
}

function readBlock(node: RootContent, reading: Reading, source: string): NodeJson[] {
  const within = (nodes: RootContent[]) => readBlocks(nodes, reading, source);
  switch (node.type) {
    case "paragraph":
      return readParagraph(node, reading, source);
    case "heading":
      return [
        {
          type: "heading",
          attrs: { level: node.depth },
          content: readInline(node.children, reading).map(asOneLine),
        },
      ];
    case "thematicBreak":
      return [{ type: "horizontalRule" }];
    case "blockquote":
      return [readQuote(node, reading, source)];
    case "list":
      return readList(node, within);
    case "code": {
      const content = node.value ? [{ type: "text", text: node.value }] : [];
      return [{ type: "codeBlock", attrs: { language: node.lang, meta: node.meta }, content }];
    }
    // A plugin makes these: mdast has no type for them.
    case "math" as never: {
      const { value, meta } = node as unknown as { value: string; meta: string | null };
      if (meta) return [rawBlock(reading.sourceOf(node))];
      return [{ type: "blockMath", attrs: { latex: value } }];
    }
    case "table":
      return [readTable(node, reading)];
    case "html":
      return readHtmlBlock(node.value, reading);
    case "footnoteDefinition":
      return [
        {
          type: "footnoteDefinition",
          attrs: { label: labelOf(node) },
          content: within(node.children),
        },
      ];
    case "definition":
      return reading.usedDefinitions.has(node) ? [] : [rawBlock(reading.sourceOf(node))];
    default:
      return [rawBlock(reading.sourceOf(node as Nodes))];
  }
}

/** Raw text brings line endings along, which a heading cannot have. */
const asOneLine = (node: NodeJson): NodeJson =>
  node.type === "rawInline"
    ? { ...node, attrs: { text: String(node.attrs?.text).replaceAll("\n", " ") } }
    : node;

type Paragraph = Extract<RootContent, { type: "paragraph" }>;

function readParagraph(node: Paragraph, reading: Reading, source: string): NodeJson[] {
  const start = node.position?.start;
  const written = start?.column === 1 ? reading.sourceOf(node) : "";
  // The first lines of an MDX file; at their place they are no prose.
  if (
    /^(import\s.+\sfrom\s+['"]|import\s+['"]|export\s+(const|default|function)\s)/.test(written)
  ) {
    return [rawBlock(source.slice(start?.offset, node.position?.end.offset))];
  }
  const content = readInline(node.children, reading);
  const [only] = content;
  if (content.length === 1 && only) {
    if (only.type === "rawInline" && !only.marks?.length)
      return [rawBlock(String(only.attrs?.text))];
    const file = asFileBlock(only, reading.isTyped);
    if (file) return [file];
    const [math] = node.children;
    const display = math && reading.sourceOf(math).startsWith("$$");
    if (only.type === "inlineMath" && !only.marks?.length && display) {
      return [{ type: "blockMath", attrs: only.attrs ?? {} }];
    }
  }
  return reading.isTyped ? typedParagraphs(content) : [{ type: "paragraph", content }];
}

/** `[name](address "file 1234")`, alone in its paragraph; what is typed says no size. */
function asFileBlock({ type, text, marks }: NodeJson, isTyped: boolean): NodeJson | null {
  const [mark] = marks ?? [];
  const link = type === "text" && marks?.length === 1 ? ownLink(mark?.attrs?.href) : null;
  const size = /^file (\d{1,15})$/.exec(String(mark?.attrs?.title ?? ""))?.[1];
  if (link?.target !== "file" || (size === undefined && !isTyped)) return null;
  const attrs = { fileId: link.id, name: text, size: size === undefined ? null : Number(size) };
  return { type: "fileBlock", attrs };
}

const alert = new RegExp(`^\\[!(${calloutKinds.join("|")})\\][ \\t]*(?:\\n|$)`, "i");
/** Obsidian's own kinds and titles: the line, when it is one of plain text. */
const otherAlert = /^\[![\w-]+\](?:[^\n]*\n|[-+]?)/;

function readQuote(node: Blockquote, reading: Reading, source: string): NodeJson {
  const [first, ...rest] = node.children;
  const line = first?.type === "paragraph" ? first.children[0] : undefined;
  const offset = line?.position?.start.offset ?? -1;
  const isMarked = !reading.isTyped && source.startsWith("[!", offset);
  const marked = line?.type === "text" && isMarked ? line : null;
  const kind = marked ? alert.exec(marked.value) : null;
  if (first?.type === "paragraph" && marked && kind) {
    const text = { ...marked, value: marked.value.slice(kind[0].length) };
    const lines = [...(text.value ? [text] : []), ...first.children.slice(1)];
    const opened = lines.length > 0 ? [{ ...first, children: lines }, ...rest] : rest;
    const content = readBlocks(opened, reading, source);
    return { type: "callout", attrs: { kind: kind[1]?.toLowerCase() }, content };
  }
  const other = marked ? otherAlert.exec(marked.value)?.[0] : undefined;
  if (first?.type === "paragraph" && marked && other) {
    const head = { ...marked, type: "html" as const, value: other };
    const text = { ...marked, value: marked.value.slice(other.length) };
    const children = [head, ...(text.value ? [text] : []), ...first.children.slice(1)];
    const content = readInline(children, reading);
    const others = readBlocks(rest, reading, source);
    return { type: "blockquote", content: [{ type: "paragraph", content }, ...others] };
  }
  return { type: "blockquote", content: readBlocks(node.children, reading, source) };
}

/** Items with and without a box in one list become lists beside each other. */
function readList(node: List, within: (nodes: RootContent[]) => NodeJson[]): NodeJson[] {
  if (node.ordered) {
    const content = node.children.map((item) => {
      const blocks = within(item.children);
      return { type: "listItem", content: withBox(item, blocks) };
    });
    return [{ type: "orderedList", attrs: { start: node.start ?? 1 }, content }];
  }
  const lists: NodeJson[] = [];
  for (const item of node.children) {
    const isTask = typeof item.checked === "boolean";
    const type = isTask ? "taskList" : "bulletList";
    if (lists.at(-1)?.type !== type) lists.push({ type, content: [] });
    const content = within(item.children);
    lists.at(-1)?.content?.push(
      isTask
        ? {
            type: "taskItem",
            // Where it stands in the source, for whoever ticks it there: nothing of the model.
            attrs: { checked: item.checked, line: item.position?.start.line },
            content: taskContent(content),
          }
        : { type: "listItem", content },
    );
  }
  return lists;
}

/** A numbered item has no box of its own: it is shown as it is written. */
function withBox({ checked }: ListItem, blocks: NodeJson[]): NodeJson[] {
  const [first, ...rest] = blocks;
  if (typeof checked !== "boolean" || first?.type !== "paragraph") return blocks;
  const box = { type: "text", text: checked ? "[x] " : "[ ] " };
  return [{ ...first, content: [box, ...(first.content ?? [])] }, ...rest];
}

/** A box needs something behind it: a lone space stands for nothing. */
function taskContent(blocks: NodeJson[]): NodeJson[] {
  const [first, ...rest] = blocks;
  if (first?.type !== "paragraph") return [{ type: "paragraph" }, ...blocks];
  const only = first.content?.length === 1 ? first.content[0]?.text : undefined;
  return only?.trim() === "" ? [{ type: "paragraph" }, ...rest] : blocks;
}

function readTable(node: Table, reading: Reading): NodeJson {
  const width = Math.max(...node.children.map((row) => row.children.length));
  const rows = node.children.map((row, at) => ({
    type: "tableRow",
    content: Array.from({ length: width }, (_, column) => ({
      type: at === 0 ? "tableHeader" : "tableCell",
      attrs: { align: node.align?.[column] ?? null },
      content: [
        { type: "paragraph", content: readInline(row.children[column]?.children ?? [], reading) },
      ],
    })),
  }));
  return { type: "table", content: rows };
}

function readHtmlBlock(value: string, reading: Reading): NodeJson[] {
  if (imageTag(value)) {
    return [{ type: "paragraph", content: readInline([{ type: "html", value }], reading) }];
  }
  return reading.readHtml(value, reading) ?? [rawBlock(value)];
}
