/** What the rest of the house asks of a document's text. */
import GithubSlugger from "github-slugger";
import { isComment } from "./html-comment.ts";
import { type NodeJson, nodesOf } from "./json.ts";
import { EVERYONE, type OwnTarget, ownLink } from "./safe-link.ts";

const rawText = ({ text }: Record<string, unknown>) => (isComment(text) ? null : text);

const inlineText: Record<string, (attrs: Record<string, unknown>) => unknown> = {
  hardBreak: () => "\n",
  image: ({ alt }) => alt,
  inlineMath: ({ latex }) => latex,
  mention: ({ label }) => `@${label ?? ""}`,
  taskChip: ({ label }) => label,
  documentChip: ({ label }) => label,
  rawInline: rawText,
};
const blockText: Record<string, (attrs: Record<string, unknown>) => unknown> = {
  blockMath: ({ latex }) => latex,
  fileBlock: ({ name }) => name,
  rawBlock: rawText,
};

/** The words as a reader sees them: a line for each block, the cells of a row with tabs between. */
export function plainText(json: NodeJson): string {
  const lines: string[] = [];
  collectLines(json, lines);
  return lines.join("\n");
}

function collectLines(node: NodeJson, lines: string[]) {
  const own = blockText[node.type];
  if (own) {
    const line = own(node.attrs ?? {});
    if (line != null) lines.push(String(line));
  } else if (node.type === "tableRow") {
    lines.push((node.content ?? []).map(plainText).join("\t"));
  } else if (isTextBlock(node.type)) {
    lines.push(lineOf(node));
  } else {
    for (const child of node.content ?? []) collectLines(child, lines);
  }
}

const isTextBlock = (type: string) =>
  type === "paragraph" || type === "heading" || type === "codeBlock";

const lineOf = (node: NodeJson) =>
  (node.content ?? [])
    .map(({ type, text, attrs = {} }) => text ?? inlineText[type]?.(attrs) ?? "")
    .join("");

/** A sign of Chinese or Japanese counts as a word, as in other editors. */
const words =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]][[\p{L}\p{N}\p{M}'’_]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]]*/gv;

export function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(words)) count++;
  return count;
}

/** The headings in their order; `slug` is what a link's `#…` says, as GitHub makes it. */
export function headings(json: NodeJson) {
  const slugger = new GithubSlugger();
  return [...nodesOf(json)]
    .filter(({ type }) => type === "heading")
    .map((node) => {
      const line = lineOf(node).trim();
      // Hugo and others let the author choose it: `## Title {#slug}`.
      const chosen = /\s*\{#([^\s}]+)\}$/.exec(line);
      const text = chosen ? line.slice(0, chosen.index) : line;
      const slug = chosen?.[1] ?? slugger.slug(text);
      return { level: Number(node.attrs?.level ?? 1), text, slug };
    });
}

export type DocumentLinkTarget = { target: Exclude<OwnTarget, "user" | "group">; id: string };

/** Which documents, tasks and files it points to, each once. */
export function linksOf(json: NodeJson): DocumentLinkTarget[] {
  const found = new Map<string, DocumentLinkTarget>();
  const add = (target: OwnTarget, id: unknown) => {
    if (target === "user" || target === "group" || typeof id !== "string") return;
    found.set(`${target}/${id}`, { target, id });
  };
  const addHref = (href: unknown) => {
    const link = ownLink(href);
    if (link) add(link.target, link.id);
  };
  for (const { type, attrs, marks } of nodesOf(json)) {
    if (type === "taskChip") add("task", attrs?.taskId);
    else if (type === "documentChip") add("document", attrs?.documentId);
    else if (type === "fileBlock") add("file", attrs?.fileId);
    else if (type === "image") addHref(attrs?.src);
    for (const mark of marks ?? []) if (mark.type === "link") addHref(mark.attrs?.href);
  }
  return [...found.values()];
}

/** The people whom it names, by their ids, and groups as `group/<id>`: how often each. */
export function mentionsOf(json: NodeJson): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { type, attrs } of nodesOf(json)) {
    const id = type === "mention" ? attrs?.userId : null;
    if (typeof id === "string" && id !== EVERYONE) times[id] = (times[id] ?? 0) + 1;
  }
  return times;
}
