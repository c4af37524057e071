/** What stands within a line: mdast to ours. */

import type { Nodes, PhrasingContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { isComment } from "../html-comment.ts";
import type { MarkJson, NodeJson } from "../json.ts";
import { mentionIn, ownLink, safeHref, safeImageSrc } from "../safe-link.ts";
import { htmlTag, imageTag, isBreak, markOfTag } from "./html-inline.ts";
import type { Reading } from "./read-blocks.ts";
import { isElement, isLeftOver, isNeverShown } from "./typed-html.ts";
import { typedLine } from "./typed-lines.ts";
import { readWikiLink } from "./wiki-link.ts";

export function readInline(nodes: PhrasingContent[], reading: Reading): NodeJson[] {
  const found = walk(nodes, [], reading);
  return reading.isTyped ? typedLine(found) : joinTemplateLinks(softBreaks(found));
}

type Marks = MarkJson[];

const text = (value: string, marks: Marks): NodeJson[] =>
  value ? [{ type: "text", text: value, marks }] : [];
const raw = (value: string, marks: Marks): NodeJson => ({
  type: "rawInline",
  attrs: { text: value },
  marks,
});

function walk(nodes: PhrasingContent[], marks: Marks, reading: Reading): NodeJson[] {
  const found: NodeJson[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as PhrasingContent;
    const more = node.type === "html" ? marksOfTag(node.value, reading) : null;
    const end = more ? closingOf(nodes, at, reading) : -1;
    if (more && end > at) {
      const isShown = node.type !== "html" || !isNeverShown(node.value);
      const within = isShown ? nodes.slice(at + 1, end) : [];
      found.push(...walk(within, [...marks, ...more], reading));
      at = end;
    } else {
      found.push(...readOne(node, marks, reading));
    }
  }
  return found;
}

/** What a tag makes of the words up to the one that closes it; null: it opens nothing that we show. */
function marksOfTag(html: string, { isTyped, resolve }: Reading): Marks | null {
  const tag = htmlTag(html);
  if (!tag || tag.closing) return null;
  const mark = markOfTag(tag.name, isTyped);
  // Documents keep a tag with attributes as it is: they are somebody's.
  if (mark) return isTyped || !tag.attributes ? [{ type: mark }] : null;
  if (!isTyped || !isElement(tag.name)) return null;
  if (tag.name !== "a") return [];
  const written = /\shref=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag.attributes);
  const address = written?.[1] ?? written?.[2] ?? written?.[3];
  const href = address === undefined ? null : safeHref(resolve(address, "link"));
  return href ? [{ type: "link", attrs: { href, title: null } }] : [];
}

/** Where the tag that is opened at `start` is closed, among the same siblings. */
function closingOf(nodes: PhrasingContent[], start: number, { isTyped }: Reading): number {
  const tagAt = (at: number) => {
    const node = nodes[at];
    return node?.type === "html" ? htmlTag(node.value) : null;
  };
  const opened = tagAt(start)?.name;
  const kind = markOfTag(opened ?? "", false) ?? opened;
  let depth = 0;
  for (let at = start; at < nodes.length; at++) {
    const tag = tagAt(at);
    if (!tag || (markOfTag(tag.name, false) ?? tag.name) !== kind) continue;
    depth += tag.closing ? -1 : 1;
    // Around nothing it is no mark: a document keeps the tags.
    if (depth === 0) return at > start + 1 || isTyped ? at : -1;
  }
  return -1;
}

function readOne(node: PhrasingContent, marks: Marks, reading: Reading): NodeJson[] {
  const within = (mark: string, children: PhrasingContent[]) =>
    walk(children, [...marks, { type: mark }], reading);
  switch (node.type) {
    case "text":
      return text(node.value, marks);
    case "strong":
      return within("bold", node.children);
    case "emphasis":
      return within("italic", node.children);
    case "delete":
      return within("strike", node.children);
    case "inlineCode":
      return text(node.value.replaceAll("\n", " "), [...marks, { type: "code" }]);
    case "break":
      return [{ type: "hardBreak", marks }];
    case "html":
      return readHtml(node.value, marks, reading);
    // A plugin makes these: mdast has no type for them.
    case "inlineMath" as never: {
      const latex = (node as unknown as { value: string }).value;
      return [{ type: "inlineMath", attrs: { latex }, marks }];
    }
    case "footnoteReference":
      return [{ type: "footnoteReference", attrs: { label: labelOf(node) }, marks }];
    case "image":
      return [readImage({ ...node, source: reading.sourceOf(node) }, marks, reading)];
    case "imageReference": {
      const target = reading.definitions.get(node.identifier);
      const image = { url: target?.url ?? "", title: target?.title, alt: node.alt };
      return [readImage({ ...image, source: reading.sourceOf(node) }, marks, reading)];
    }
    case "link":
      return readLink({ ...node, source: reading.sourceOf(node) }, marks, reading);
    case "linkReference": {
      const target = reading.definitions.get(node.identifier);
      const link = { url: target?.url ?? "", title: target?.title, children: node.children };
      const source = target && `[${textOf(node)}](${target.url})`;
      return readLink({ ...link, source: source ?? reading.sourceOf(node) }, marks, reading);
    }
    default:
      return [raw(reading.sourceOf(node as Nodes), marks)];
  }
}

export const labelOf = ({ label, identifier }: { label?: string | null; identifier: string }) =>
  label ?? identifier;

function readHtml(value: string, marks: Marks, reading: Reading): NodeJson[] {
  if (isBreak(value)) return [{ type: "hardBreak", marks }];
  const image = imageTag(value);
  if (image) {
    const { src = "", alt, title, width } = image;
    return [readImage({ url: src, alt, title, width, source: value }, marks, reading)];
  }
  if (reading.isTyped && isComment(value)) return [raw(value, marks)];
  if (reading.isTyped) return isLeftOver(value) ? [] : text(value, marks);
  const wiki = readWikiLink(value, reading);
  if (wiki) return wiki.map((node) => ({ ...node, marks: [...marks, ...(node.marks ?? [])] }));
  return [raw(value, marks)];
}

type FoundImage = {
  url: string;
  alt?: string | null | undefined;
  title?: string | null | undefined;
  width?: string | undefined;
  source: string;
};

function readImage({ url, alt, title, width, source }: FoundImage, marks: Marks, reading: Reading) {
  const src = safeImageSrc(reading.resolve(url, "image"));
  if (!src) return raw(source, marks);
  const attrs = {
    src,
    alt: alt?.replaceAll("\n", " ") || null,
    title: title || null,
    width: width ? Number(width) : null,
  };
  return { type: "image", attrs, marks };
}

type FoundLink = {
  url: string;
  title?: string | null | undefined;
  children: PhrasingContent[];
  source: string;
};

/**
 * Mentions and chips are links with a known address. In a document, where a link may lead there too, a chip
 * has `"task"` or `"document"` as its title.
 */
function readLink({ url, title, children, source }: FoundLink, marks: Marks, reading: Reading) {
  const href = safeHref(reading.resolve(url, "link"));
  const own = ownLink(href);
  const label = textOf({ type: "root", children });
  const userId = mentionIn(own);
  if (userId) {
    return [{ type: "mention", attrs: { userId, label: label.replace(/^@/, "") }, marks }];
  }
  const isChip = (kind: string) => title === kind || (reading.isTyped && own?.hash === null);
  if (own?.target === "task" && isChip("task")) {
    return [{ type: "taskChip", attrs: { taskId: own.id, label }, marks }];
  }
  if (own?.target === "document" && isChip("document") && own.hash === null) {
    return [{ type: "documentChip", attrs: { documentId: own.id, label }, marks }];
  }
  const mark = { type: "link", attrs: { href, title: title || null } };
  const inside = href ? walk(children, [...marks, mark], reading) : [];
  return inside.length > 0 ? inside : [raw(source, marks)];
}

// Between two signs of Chinese or Japanese a line ending is no space.
const wide = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\u3000-\u303f\uff00-\uffef]/u;

/**
 * A line ending within a paragraph is a space, but beside raw text, to which it may mean something:
 * there it belongs to that text. So does a line of `:::`, which opens or closes a box elsewhere.
 */
function softBreaks(nodes: NodeJson[]): NodeJson[] {
  const found: NodeJson[] = [];
  const pieces = nodes.flatMap((node) => (node.text?.includes(":::") ? fences(node, nodes) : node));
  pieces.forEach((node, at) => {
    if (!node.text?.includes("\n") || hasCode(node)) {
      found.push(node);
      return;
    }
    let line = node.text;
    const before = found.at(-1);
    if (line.startsWith("\n") && before?.type === "rawInline") {
      before.attrs = { text: `${before.attrs?.text}\n` };
      line = line.slice(1);
    }
    const after = pieces[at + 1];
    if (line.endsWith("\n") && after?.type === "rawInline") {
      after.attrs = { text: `\n${after.attrs?.text}` };
      line = line.slice(0, -1);
    }
    const joined = line.replace(/\n/g, (_, index: number) => {
      const left = line[index - 1] ?? before?.text?.at(-1) ?? "";
      const right = line[index + 1] ?? after?.text?.[0] ?? "";
      return wide.test(left) && wide.test(right) ? "" : " ";
    });
    if (joined) found.push({ ...node, text: joined });
  });
  return found;
}

const hasCode = ({ marks }: NodeJson) => marks?.some(({ type }) => type === "code");

function fences(node: NodeJson, siblings: NodeJson[]): NodeJson[] {
  if (hasCode(node)) return [node];
  const atStart = siblings[0] === node;
  const pattern = atStart ? /(^|\n)(:::[^\n]*)/g : /(\n)(:::[^\n]*)/g;
  const parts: NodeJson[] = [];
  let from = 0;
  const value = node.text ?? "";
  for (const match of value.matchAll(pattern)) {
    const [, eol = "", fence = ""] = match;
    const start = match.index + eol.length;
    parts.push(...text(value.slice(from, start), node.marks ?? []), raw(fence, node.marks ?? []));
    from = start + fence.length;
  }
  return [...parts, ...text(value.slice(from), node.marks ?? [])];
}

/** `[text]({{< ref "page" >}})` is no link to CommonMark, but is one to whoever wrote it. */
function joinTemplateLinks(nodes: NodeJson[]): NodeJson[] {
  const found: NodeJson[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as NodeJson;
    const before = found.at(-1);
    const after = nodes[at + 1];
    const head =
      node.type === "rawInline" ? /!?\[[^[\]]*\]\([^()\s]*$/.exec(before?.text ?? "") : null;
    const tail = head && after?.text ? /^[^()\n]*\)/.exec(after.text) : null;
    if (!before || !after || !head || !tail) {
      found.push(node);
      continue;
    }
    found.pop();
    found.push(...text((before.text ?? "").slice(0, head.index), before.marks ?? []));
    found.push(raw(`${head[0]}${node.attrs?.text}${tail[0]}`, node.marks ?? []));
    const rest = (after.text ?? "").slice(tail[0].length);
    if (rest) nodes[at + 1] = { ...after, text: rest };
    else at++;
  }
  return found;
}
