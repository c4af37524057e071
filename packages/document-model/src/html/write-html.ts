/** A document as HTML without styles: what is exported, and how Markdown keeps a table that it has no signs for. */

import { isComment } from "../html-comment.ts";
import type { NodeJson } from "../json.ts";
import { type Nested, nestMarks } from "../nest-marks.ts";
import { ownHref, safeHref, safeImageSrc } from "../safe-link.ts";

/** The address that a link or an image gets in the HTML. */
export type Address = (address: string) => string;

export function writeHtml(json: NodeJson, address: Address = (same) => same): string {
  return new Writer(address).blocks(json.type === "doc" ? (json.content ?? []) : [json]);
}

const marks: Record<string, string> = {
  bold: "strong",
  italic: "em",
  strike: "del",
  highlight: "mark",
  code: "code",
};

class Writer {
  readonly address: Address;

  constructor(address: Address) {
    this.address = address;
  }

  blocks(nodes: NodeJson[]): string {
    return nodes.map((node) => this.block(node)).join("");
  }

  block(node: NodeJson): string {
    const { type, attrs = {}, content = [] } = node;
    const inside = () => this.blocks(content);
    switch (type) {
      case "paragraph":
        return element("p", spacing(content), this.inline(content));
      case "heading":
        return element(`h${Number(attrs.level)}`, spacing(content), this.inline(content));
      case "codeBlock": {
        const language = attrs.language ? { class: `language-${attrs.language}` } : {};
        const code = content.map(({ text = "" }) => encoded(text)).join("");
        return element("pre", {}, element("code", { ...language, "data-meta": attrs.meta }, code));
      }
      case "horizontalRule":
        return "<hr>";
      case "bulletList":
        return element("ul", {}, inside());
      case "orderedList":
        return element("ol", { start: attrs.start === 1 ? null : attrs.start }, inside());
      case "listItem":
        return element("li", {}, inside());
      case "taskList":
        return element("ul", { "data-type": "taskList" }, inside());
      case "taskItem": {
        const box = attrs.checked ? " checked" : "";
        return element("li", {}, `<input type="checkbox" disabled${box}>${inside()}`);
      }
      case "table":
        return element("table", {}, element("tbody", {}, inside()));
      case "tableRow":
        return element("tr", {}, inside());
      case "tableHeader":
      case "tableCell":
        return element(type === "tableCell" ? "td" : "th", cellAttributes(attrs), inside());
      case "blockquote":
        return element("blockquote", {}, inside());
      case "callout":
        return element("div", { "data-type": type, "data-kind": attrs.kind }, inside());
      case "footnoteDefinition":
        return element("div", { "data-type": type, "data-label": attrs.label }, inside());
      case "blockMath":
        return element("div", { "data-type": type }, encoded(attrs.latex));
      case "rawBlock":
        return element("pre", rawAttributes(type, attrs.text), encoded(attrs.text));
      case "fileBlock": {
        const link = { href: this.own("file", attrs.fileId), "data-size": attrs.size };
        return element("p", {}, element("a", { ...link, "data-type": type }, encoded(attrs.name)));
      }
      default:
        return inside();
    }
  }

  inline(nodes: NodeJson[]): string {
    return nestMarks(nodes)
      .map((part) => this.nested(part))
      .join("");
  }

  nested(part: Nested): string {
    if ("leaf" in part) return this.leaf(part.leaf);
    const inside = part.children.map((child) => this.nested(child)).join("");
    const { type, attrs = {} } = part.mark;
    if (type !== "link") return element(marks[type] ?? "span", {}, inside);
    const safe = safeHref(attrs.href);
    const href = safe && this.address(safe);
    return element("a", { href, title: attrs.title }, inside);
  }

  leaf({ type, text, attrs = {} }: NodeJson): string {
    const label = encoded(attrs.label);
    switch (type) {
      case "text":
        return encoded(text);
      case "hardBreak":
        return "<br>";
      case "image": {
        const { alt, title, width } = attrs;
        const safe = safeImageSrc(attrs.src);
        const src = safe && this.address(safe);
        return `<img${attributes({ src, alt: alt ?? "", title, width })}>`;
      }
      case "inlineMath":
        return element("span", { "data-type": type }, encoded(attrs.latex));
      case "mention":
        return element("span", { "data-type": type, "data-user-id": attrs.userId }, `@${label}`);
      case "taskChip":
        return element("a", { href: this.own("task", attrs.taskId), "data-type": type }, label);
      case "documentChip":
        return element(
          "a",
          { href: this.own("document", attrs.documentId), "data-type": type },
          label,
        );
      case "footnoteReference":
        return element("sup", { "data-type": type, "data-label": attrs.label }, label);
      case "rawInline":
        return element("code", rawAttributes(type, attrs.text), encoded(attrs.text));
      default:
        return "";
    }
  }

  own(target: "task" | "document" | "file", id: unknown) {
    return this.address(ownHref(target, String(id)));
  }
}

/** Space that HTML would otherwise drop. */
const spacing = (content: NodeJson[]) => {
  const line = content
    .map(({ type, text }) => text ?? (type === "hardBreak" ? "\n" : "\uFFFC"))
    .join("");
  return { style: /^\s|\s$|\s\s/.test(line) ? "white-space:pre-wrap" : null };
};

const cellAttributes = ({ colspan, rowspan, align }: Record<string, unknown>) => ({
  colspan: colspan === 1 ? null : colspan,
  rowspan: rowspan === 1 ? null : rowspan,
  align,
});

const rawAttributes = (type: string, source: unknown) => ({
  "data-type": type,
  hidden: isComment(source) ? "" : null,
});

const element = (name: string, attrs: Record<string, unknown>, inside: string) =>
  `<${name}${attributes(attrs)}>${inside}</${name}>`;

const attributes = (attrs: Record<string, unknown>) =>
  Object.entries(attrs)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${encoded(value)}"`)
    .join("");

/** Without a line ending: in Markdown an empty line would end the HTML. */
const encoded = (value: unknown) =>
  String(value ?? "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
