/** What stands within a line: ours to mdast. */
import type { PhrasingContent } from "mdast";
import type { MarkJson, NodeJson } from "../json.ts";
import { type Nested, nestMarks } from "../nest-marks.ts";
import { mentionHref, ownHref } from "../safe-link.ts";
import { tagOfMark, writeImageTag } from "./html-inline.ts";

export type Writing = {
  /** The address that a link or an image gets in the file. */
  address: (address: string) => string;
  /** Marks as tags of HTML: Markdown's own signs would not be read again as these marks. */
  tags: boolean;
  /** Within a heading or a cell, where a line cannot end. */
  oneLine: boolean;
  /** As people type it: a line ends by itself, chips say no kind, an address stands for itself. */
  isTyped: boolean;
  /** The labels of the footnotes that there are. */
  footnotes: Set<string>;
};

export function writeInline(nodes: NodeJson[], writing: Writing): PhrasingContent[] {
  return nestMarks(withoutEndingBreaks(nodes)).flatMap((part) => writePart(part, writing));
}

/** A break with nothing behind it is none in Markdown. */
function withoutEndingBreaks(nodes: NodeJson[]) {
  let end = nodes.length;
  while (end > 0 && nodes[end - 1]?.type === "hardBreak") end--;
  return nodes.slice(0, end);
}

/** Not remark's `html`: that one loses a line ending before it. */
const html = (value: string) => ({ type: "raw", value }) as never as PhrasingContent;
const text = (value: unknown): PhrasingContent => ({ type: "text", value: String(value ?? "") });

function writePart(part: Nested, writing: Writing): PhrasingContent[] {
  if ("leaf" in part) return writeLeaf(part.leaf, writing);
  const { mark, children } = part;
  if (mark.type === "code") return writeCode(children, writing);
  return writeMark(
    mark,
    children.flatMap((child) => writePart(child, writing)),
    writing,
  );
}

/** What is read as a link by itself, wherever words may begin and end. */
const bareAddress = /^https?:\/\/[\w.-]+[^\s<>()[\]*~|\\"'`]*[\w/]$/;

function writeMark(
  { type, attrs = {} }: MarkJson,
  children: PhrasingContent[],
  { tags, address, isTyped }: Writing,
): PhrasingContent[] {
  const tag = tagOfMark[type];
  if (type === "link") {
    const url = address(String(attrs.href ?? ""));
    const [only] = children;
    const isBare = children.length === 1 && only?.type === "text" && only.value === url;
    if (isTyped && !tags && isBare && !attrs.title && bareAddress.test(url)) return [html(url)];
    const title = attrs.title ? String(attrs.title) : null;
    return [{ type: "link", url, title, children: children as never }];
  }
  if (tag && (tags || type === "highlight")) {
    return [html(`<${tag}>`), ...children, html(`</${tag}>`)];
  }
  if (type === "bold") return [{ type: "strong", children }];
  if (type === "italic") return [{ type: "emphasis", children }];
  if (type === "strike") return [{ type: "delete", children }];
  return children;
}

/** Only text is code; what else was marked so stands between. */
function writeCode(children: Nested[], writing: Writing): PhrasingContent[] {
  return children.flatMap((child): PhrasingContent[] => {
    if (!("leaf" in child)) return writePart(child, writing);
    const { leaf } = child;
    if (leaf.type !== "text") return writeLeaf(leaf, writing);
    return [{ type: "inlineCode", value: (leaf.text ?? "").replaceAll("\n", " ") }];
  });
}

function writeLeaf(node: NodeJson, writing: Writing): PhrasingContent[] {
  const { address, oneLine, isTyped, footnotes } = writing;
  const { type, attrs = {} } = node;
  const link = (href: string, label: unknown, title: string | null) =>
    ({
      ...{ type: "link", url: address(href), title },
      children: label ? [text(label)] : [],
    }) as PhrasingContent;
  const chip = (target: "task" | "document", id: unknown) => [
    link(ownHref(target, String(id)), attrs.label, isTyped ? null : target),
  ];
  switch (type) {
    case "text":
      return [text(node.text?.replaceAll("\n", " "))];
    case "hardBreak":
      if (oneLine) return [html("<br>")];
      return [isTyped ? html("\n") : { type: "break" }];
    case "image": {
      const url = address(String(attrs.src ?? ""));
      if (attrs.width) return [html(writeImageTag({ ...attrs, src: url }))];
      const alt = String(attrs.alt ?? "");
      return [{ type: "image", url, alt, title: attrs.title ? String(attrs.title) : null }];
    }
    case "inlineMath":
      return [{ type: "inlineMath", value: String(attrs.latex ?? "") } as never];
    case "mention":
      return [link(mentionHref(String(attrs.userId)), `@${attrs.label ?? ""}`, null)];
    case "taskChip":
      return chip("task", attrs.taskId);
    case "documentChip":
      return chip("document", attrs.documentId);
    case "footnoteReference": {
      const label = String(attrs.label ?? "");
      if (!footnotes.has(label)) return [text(`[^${label}]`)];
      return [{ type: "footnoteReference", identifier: label.toLowerCase(), label }];
    }
    case "rawInline": {
      const raw = String(attrs.text ?? "");
      return [html(oneLine ? raw.replaceAll("\n", " ") : raw)];
    }
    default:
      return [];
  }
}
