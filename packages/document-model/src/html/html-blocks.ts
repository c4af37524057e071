/**
 * HTML to a document: of an exported page, of Word by way of mammoth, or from the clipboard. Whatever
 * has no place in a document (scripts, styles, forms) is left out; of other tags the text is kept.
 */
import type { Element, Nodes, Root } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import type { MarkJson, NodeJson } from "../json.ts";
import { ownLink, safeHref, safeImageSrc } from "../safe-link.ts";

export type HtmlOptions = {
  /** The address that a link or an image gets, asked with what is written. */
  resolve?: (address: string, use: "link" | "image") => string;
};

type Reading = Required<HtmlOptions> & {
  /** Space is kept as it is. */
  isPre: boolean;
};

/** Not cleaned yet: see `readHtml`. */
export function readHtmlBlocks(
  html: string,
  { resolve = (same) => same }: HtmlOptions = {},
): NodeJson[] {
  const root = unified().use(rehypeParse, { fragment: true }).parse(html) as Root;
  const body = find(root, "body") ?? root;
  return blocks(body.children as Nodes[], { resolve, isPre: false });
}

/** What the page calls itself: its `<title>`, if it has one. */
export function titleOfHtml(html: string): string | null {
  const root = unified().use(rehypeParse, { fragment: false }).parse(html) as Root;
  const title = find(root, "title");
  return title ? textOf(title).replace(/\s+/g, " ").trim() || null : null;
}

function find(node: Root | Element, name: string): Element | null {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    const found = child.tagName === name ? child : find(child, name);
    if (found) return found;
  }
  return null;
}

const dropped = new Set(
  "script style head title meta link template noscript svg canvas form button select textarea object embed iframe audio video".split(
    " ",
  ),
);
const markOf: Record<string, string> = {
  strong: "bold",
  b: "bold",
  em: "italic",
  i: "italic",
  del: "strike",
  s: "strike",
  strike: "strike",
  mark: "highlight",
  code: "code",
  tt: "code",
  kbd: "code",
  samp: "code",
};
const blockTags = new Set(
  "p div h1 h2 h3 h4 h5 h6 ul ol li pre blockquote hr table section article main header footer nav aside figure figcaption dl dt dd details summary address body html center fieldset".split(
    " ",
  ),
);

const attr = (node: Element, name: string) => {
  const value = node.properties[name];
  return value === undefined || value === null || value === false
    ? null
    : Array.isArray(value)
      ? value.join(" ")
      : String(value);
};

const isBlock = (node: Nodes): boolean =>
  node.type === "element" &&
  (blockTags.has(node.tagName) ||
    // Google Docs wraps all of it in one <b>.
    (!dropped.has(node.tagName) && node.children.some(isBlock)));

/** Lines beside blocks get a paragraph of their own. */
function blocks(nodes: Nodes[], reading: Reading): NodeJson[] {
  const found: NodeJson[] = [];
  let line: Nodes[] = [];
  const endLine = () => {
    const content = trimmed(inline(line, [], reading));
    if (content.length > 0) found.push({ type: "paragraph", content });
    line = [];
  };
  for (const node of nodes) {
    if (!isBlock(node)) line.push(node);
    else {
      endLine();
      found.push(...block(node as Element, reading));
    }
  }
  endLine();
  return found;
}

function block(node: Element, reading: Reading): NodeJson[] {
  const type = attr(node, "dataType");
  const inside = () => blocks(node.children, reading);
  const name = node.tagName;
  if (/^h[1-6]$/.test(name)) {
    const content = lineOf(node, reading);
    return [{ type: "heading", attrs: { level: Number(name[1]) }, content }];
  }
  switch (name) {
    case "p":
    case "dt":
      return paragraph(node, reading);
    case "summary":
      return paragraph({ ...node, children: [asBold(node)] }, reading);
    case "hr":
      return [{ type: "horizontalRule" }];
    case "pre":
      return [type === "rawBlock" ? { type, attrs: { text: textOf(node) } } : codeBlock(node)];
    case "blockquote":
      return [{ type: "blockquote", content: inside() }];
    case "ul":
    case "ol":
      return list(node, reading);
    case "table":
      return [table(node, reading)];
  }
  if (type === "callout") {
    return [{ type, attrs: { kind: attr(node, "dataKind") }, content: inside() }];
  }
  if (type === "footnoteDefinition") {
    return [{ type, attrs: { label: attr(node, "dataLabel") }, content: inside() }];
  }
  if (type === "blockMath") return [{ type, attrs: { latex: textOf(node) } }];
  return inside();
}

const asBold = ({ children }: Element): Element => ({
  type: "element",
  tagName: "strong",
  properties: {},
  children,
});

function paragraph(node: Element, reading: Reading): NodeJson[] {
  if (node.children.some(isBlock)) return blocks(node.children, reading);
  const [only] = node.children;
  if (node.children.length === 1 && only?.type === "element") {
    const link = attr(only, "dataType") === "fileBlock" ? attr(only, "href") : null;
    const file = link === null ? null : ownLink(reading.resolve(link, "link"));
    if (file?.target === "file") {
      const attrs = { fileId: file.id, name: textOf(only), size: attr(only, "dataSize") };
      return [{ type: "fileBlock", attrs }];
    }
  }
  return [{ type: "paragraph", content: lineOf(node, reading) }];
}

function lineOf(node: Element, reading: Reading): NodeJson[] {
  if (isPre(node)) return inline(node.children, [], { ...reading, isPre: true });
  return trimmed(inline(node.children, [], reading));
}

const isPre = (node: Element) => /white-space:\s*pre/.test(attr(node, "style") ?? "");

function codeBlock(node: Element): NodeJson {
  const code = find(node, "code") ?? node;
  const language = /(?:^|\s)language-(\S+)/.exec(attr(code, "className") ?? "")?.[1] ?? null;
  const text = textOf(node).replace(/\n$/, "");
  const content = text ? [{ type: "text", text }] : [];
  return { type: "codeBlock", attrs: { language, meta: attr(code, "dataMeta") }, content };
}

function list(node: Element, reading: Reading): NodeJson[] {
  const items = node.children.filter((child) => child.type === "element");
  const boxes = items.map((item) => (item.tagName === "li" ? boxOf(item) : null));
  const isTasks = items.length > 0 && boxes.every((box) => box !== null);
  const content = items.flatMap((item, at): NodeJson[] => {
    const inside = item.tagName === "li" ? blocks(item.children, reading) : block(item, reading);
    // Word and Google Docs put a deeper list beside the items instead of into one.
    if (!isTasks) return [{ type: "listItem", content: inside }];
    return [{ type: "taskItem", attrs: { checked: boxes[at] }, content: inside }];
  });
  if (isTasks) return [{ type: "taskList", content }];
  if (node.tagName === "ul") return [{ type: "bulletList", content }];
  const start = Number(attr(node, "start") ?? 1);
  return [{ type: "orderedList", attrs: { start }, content }];
}

/** Whether the item begins with a ticked box; null without one. */
function boxOf(item: Element): boolean | null {
  const data = attr(item, "dataChecked");
  if (data !== null) return data === "true" || data === "";
  for (const child of item.children) {
    if (child.type === "text" && child.value.trim() === "") continue;
    if (child.type !== "element") return null;
    if (child.tagName === "input") {
      return attr(child, "type") === "checkbox" ? attr(child, "checked") !== null : null;
    }
    return child.tagName === "p" || child.tagName === "label" ? boxOf(child) : null;
  }
  return null;
}

function table(node: Element, reading: Reading): NodeJson {
  const rows: NodeJson[] = [];
  const collect = (parent: Element) => {
    for (const child of parent.children) {
      if (child.type !== "element") continue;
      if (child.tagName !== "tr") {
        if (/^(thead|tbody|tfoot)$/.test(child.tagName)) collect(child);
        continue;
      }
      const cells = child.children.filter(
        (cell) => cell.type === "element" && /^t[dh]$/.test(cell.tagName),
      ) as Element[];
      const content = cells.map((cell) => ({
        type: cell.tagName === "th" ? "tableHeader" : "tableCell",
        attrs: {
          colspan: attr(cell, "colSpan"),
          rowspan: attr(cell, "rowSpan"),
          align: attr(cell, "align"),
        },
        content: blocks(cell.children, reading),
      }));
      if (content.length > 0) rows.push({ type: "tableRow", content });
    }
  };
  collect(node);
  return { type: "table", content: rows };
}

function inline(nodes: Nodes[], marks: MarkJson[], reading: Reading): NodeJson[] {
  return nodes.flatMap((node): NodeJson[] => {
    if (node.type === "text") {
      const text = reading.isPre ? node.value : node.value.replace(/[ \t\r\n\f]+/g, " ");
      return text ? [{ type: "text", text, marks }] : [];
    }
    if (node.type !== "element" || dropped.has(node.tagName)) return [];
    return inlineElement(node, marks, reading);
  });
}

function inlineElement(node: Element, marks: MarkJson[], reading: Reading): NodeJson[] {
  const type = attr(node, "dataType");
  const label = textOf(node);
  if (type === "inlineMath") return [{ type, attrs: { latex: label }, marks }];
  if (type === "rawInline") return [{ type, attrs: { text: label }, marks }];
  if (type === "mention") {
    const attrs = { userId: attr(node, "dataUserId"), label: label.replace(/^@/, "") };
    return [{ type, attrs, marks }];
  }
  if (type === "footnoteReference") {
    return [{ type, attrs: { label: attr(node, "dataLabel") }, marks }];
  }
  const inside = (more: MarkJson[]) => inline(node.children, [...marks, ...more], reading);
  switch (node.tagName) {
    case "br":
      return [{ type: "hardBreak", marks }];
    case "img": {
      const src = safeImageSrc(reading.resolve(attr(node, "src") ?? "", "image"));
      if (!src) return [];
      const attrs = {
        src,
        alt: attr(node, "alt") || null,
        title: attr(node, "title"),
        width: attr(node, "width"),
      };
      return [{ type: "image", attrs, marks }];
    }
    case "a": {
      const written = attr(node, "href");
      const href = written === null ? null : safeHref(reading.resolve(written, "link"));
      const own = ownLink(href);
      if (type === "taskChip" && own) return [{ type, attrs: { taskId: own.id, label }, marks }];
      if (type === "documentChip" && own) {
        return [{ type, attrs: { documentId: own.id, label }, marks }];
      }
      return inside(href ? [{ type: "link", attrs: { href, title: attr(node, "title") } }] : []);
    }
    default:
      return inside(marksOf(node).map((mark) => ({ type: mark })));
  }
}

/** By the tag, or by the style that Google Docs and Word write instead. */
function marksOf(node: Element): string[] {
  const style = attr(node, "style") ?? "";
  const found = new Set<string>();
  const named = markOf[node.tagName];
  // Google Docs: <b style="font-weight:normal"> around everything.
  if (named && !(named === "bold" && /font-weight:\s*(normal|400)/.test(style))) found.add(named);
  if (/font-weight:\s*(bold|[6-9]00)/.test(style)) found.add("bold");
  if (/font-style:\s*italic/.test(style)) found.add("italic");
  if (/text-decoration[^;]*line-through/.test(style)) found.add("strike");
  return [...found];
}

/** A line neither begins nor ends with white space, nor is there more than one space in a row. */
function trimmed(nodes: NodeJson[]): NodeJson[] {
  const found: NodeJson[] = [];
  for (const node of nodes) {
    const last = found.at(-1);
    const atSpace = !last || last.type === "hardBreak" || last.text?.endsWith(" ");
    const text = node.text !== undefined && atSpace ? node.text.replace(/^ +/, "") : node.text;
    if (node.text === undefined || text)
      found.push(node.text === undefined ? node : { ...node, text });
  }
  for (let last = found.at(-1); last; last = found.at(-1)) {
    const text = last.text?.replace(/ +$/, "");
    if (text === last.text && last.type !== "hardBreak") break;
    found.pop();
    if (text) {
      found.push({ ...last, text });
      break;
    }
  }
  return found;
}

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}
