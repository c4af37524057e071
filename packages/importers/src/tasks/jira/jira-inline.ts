import { linkTarget, markdownLink } from "../text/markdown-link.ts";

/** What a page of wiki markup refers to. */
export type WikiContext = {
  /** File name → address. */
  attachments: Map<string, string>;
  /** Account id or user name → display name. */
  people: Map<string, string>;
};

/** Emphasis nests as deep as there are kinds of it; deeper is hostile and stays plain. */
const DEEPEST = 4;
const LONGEST_LINK = 2_000;
const LONGEST_IMAGE = 500;
/** How many closing marks are tried: without a bound, a line of marks costs the square of its length. */
const CLOSERS_TRIED = 3;

const PLAIN = /[^\\{[\]!*_+\-`<h~]+/y;
const URL_HERE = /https?:\/\/[^\s<>"|[\]{}]+/y;
const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|bmp|ico|tiff?|avif|mp4|mov|webm)$/i;

const FILE_NAME = /^[\w][^\\*?]{0,200}\.\w{2,5}$/;

type Line = { text: string; depth: number; context: WikiContext; marks: MarkFinder };
type Found = { markdown: string; end: number };

const HANDLERS: Record<string, (line: Line, at: number) => Found | null> = {
  "\\": escaped,
  "{": monospace,
  "[": link,
  "!": image,
  "`": codeSpan,
  "<": angle,
  h: bareUrl,
  "*": (line, at) => markdownBold(line, at) ?? emphasis(line, at, "**"),
  _: (line, at) => emphasis(line, at, "_"),
  "+": (line, at) => emphasis(line, at, "_"),
  "-": (line, at) => emphasis(line, at, "~~"),
};

/**
 * One line of Jira's wiki markup as Markdown. A scan from left to right, not a row of replacements:
 * what is code or an address must not be read as emphasis by a later one. Linear in the line.
 */
export function wikiInline(text: string, context: WikiContext, depth = 0): string {
  const line: Line = { text, depth, context, marks: createMarkFinder(text) };
  let out = "";
  let at = 0;
  while (at < text.length) {
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(text)?.[0] ?? "";
    out += plain;
    at += plain.length;
    const char = text[at];
    if (char === undefined) break;
    const found = HANDLERS[char]?.(line, at) ?? null;
    out += found === null ? literal(text, at) : found.markdown;
    at = found === null ? at + 1 : found.end;
  }
  return out;
}

/** A mark that turned out to be text, escaped where Markdown would read more into it. */
function literal(text: string, at: number): string {
  const char = text[at] ?? "";
  const [before = " ", after = " "] = [text[at - 1], text[at + 1]];
  if (char === "*" && !(before === " " && after === " ")) return "\\*";
  if (char === "_" && !(WORD.test(before) && WORD.test(after))) return "\\_";
  if (char === "]" && (after === "(" || after === ":" || after === "[")) return "\\]";
  if (char === "`" || (char === "~" && after === "~")) return `\\${char}`;
  if (char === "<" && /[A-Za-z/!?]/.test(after)) return "\\<";
  return char;
}

function escaped({ text }: Line, at: number): Found | null {
  const next = text[at + 1];
  if (next === "\\") return { markdown: "\\\\\\\\", end: at + 2 };
  if (next === undefined || !PUNCTUATION.test(next)) return null;
  return { markdown: `\\${next}`, end: at + 2 };
}

function monospace({ text, marks }: Line, at: number): Found | null {
  if (text[at + 1] !== "{") return null;
  let close = marks.next("}}", at + 2);
  if (close === null) return null;
  while (text[close + 2] === "}") close += 1;
  const content = text
    .slice(at + 2, close)
    .trim()
    .replace(/\\([{}[\]])/g, "$1");
  if (content === "") return null;
  return { markdown: fencedSpan(content), end: close + 2 };
}

function fencedSpan(content: string): string {
  let longest = 0;
  for (const run of content.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  if (longest === 0) return `\`${content}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${content} ${fence}`;
}

/** People write Markdown's backticks into Jira; what is between them is code already. */
function codeSpan({ text, marks }: Line, at: number): Found | null {
  const close = marks.next("`", at + 1);
  if (close === null || close === at + 1) return null;
  return { markdown: text.slice(at, close + 1), end: close + 1 };
}

function angle({ text }: Line, at: number): Found | null {
  URL_HERE.lastIndex = at + 1;
  const url = URL_HERE.exec(text)?.[0];
  if (url === undefined || text[at + 1 + url.length] !== ">") return null;
  return { markdown: `<${url}>`, end: at + url.length + 2 };
}

function bareUrl({ text }: Line, at: number): Found | null {
  if (WORD.test(text[at - 1] ?? " ")) return null;
  URL_HERE.lastIndex = at;
  const match = URL_HERE.exec(text)?.[0];
  if (match === undefined) return null;
  let end = match.length;
  while (/[.,;:!?'*_]/.test(match[end - 1] ?? "")) end -= 1;
  if (match[end - 1] === ")" && !match.includes("(")) end -= 1;
  return { markdown: match.slice(0, end), end: at + end };
}

function link({ text, depth, context, marks }: Line, at: number): Found | null {
  const close = marks.next("]", at + 1);
  if (close === null || close - at > LONGEST_LINK) return null;
  const content = text.slice(at + 1, close);
  if (content.includes("[") || content === "") return null;
  const end = close + 1;
  if (content.startsWith("~")) return { markdown: mention(content.slice(1), context), end };
  if (content.startsWith("^")) {
    const name = content.slice(1);
    const url = context.attachments.get(name);
    if (url !== undefined) return { markdown: markdownLink(name, url), end };
    return FILE_NAME.test(name) ? { markdown: `(attachment: ${name})`, end } : null;
  }
  const [label = "", ...rest] = content.split("|");
  const address = rest.find((part) => webAddress(part) !== null) ?? label;
  const target = webAddress(address);
  if (target === null) return null;
  if (rest.length === 0 || webAddress(label) !== null) return { markdown: `<${target}>`, end };
  const inner = depth < DEEPEST ? wikiInline(label.trim(), context, depth + 1) : label;
  return { markdown: `[${inner}](${target})`, end };
}

function webAddress(text: string): string | null {
  return linkTarget(/^www\./i.test(text.trim()) ? `https://${text.trim()}` : text);
}

function mention(user: string, { people }: WikiContext): string {
  const id = user.replace(/^accountid:/, "");
  const name = people.get(id) ?? id;
  return `@${name.replace(/[\\`*_[\]<]/g, "\\$&")}`;
}

function image({ text, context, marks }: Line, at: number): Found | null {
  const close = marks.next("!", at + 1);
  if (close === null || close - at > LONGEST_IMAGE || WORD.test(text[at - 1] ?? " ")) return null;
  const name = (text.slice(at + 1, close).split("|")[0] ?? "").trim();
  const isAddress = /^https?:\/\/\S+$/i.test(name);
  if (!isAddress && !IMAGE.test(name)) return null;
  const url = isAddress ? name : context.attachments.get(name);
  const label = isAddress ? (name.split("/").at(-1) ?? name) : name;
  const markdown = url === undefined ? `(image: ${label})` : `!${markdownLink(label, url)}`;
  return { markdown, end: close + 1 };
}

/** Jira wants a mark to hug its text and to stand at the edge of a word; Markdown wants the same. */
function emphasis(line: Line, at: number, mark: string): Found | null {
  const { text, depth, context, marks } = line;
  const char = text[at] ?? "";
  if (depth >= DEEPEST || !opensHere(text, at)) return null;
  for (let tried = 0; tried < CLOSERS_TRIED; tried += 1) {
    const close = marks.next(char, at + 1, tried);
    if (close === null) return null;
    if (!closesHere(text, at, close)) continue;
    const inner = wikiInline(text.slice(at + 1, close), context, depth + 1);
    return { markdown: `${mark}${inner}${mark}`, end: close + 1 };
  }
  return null;
}

function opensHere(text: string, at: number): boolean {
  const [before = " ", after = " "] = [text[at - 1], text[at + 1]];
  const char = text[at] ?? "";
  if (after === char || !/[\p{L}\p{N}*_+\-{["'“(<\\@#/!]/u.test(after)) return false;
  // Minus and plus are far more often signs, options and ranges than emphasis.
  return char === "-" || char === "+" ? /[\s(]/.test(before) : !/[\p{L}\p{N}/\\]/u.test(before);
}

function closesHere(text: string, open: number, close: number): boolean {
  const [before = " ", after = " "] = [text[close - 1], text[close + 1]];
  if (close === open + 1 || /[\s([{=\\]/.test(before)) return false;
  if (after === text[close]) return false;
  return /[-+]/.test(text[close] ?? "") ? /[\s).,;:!?]/.test(after) : !WORD.test(after);
}

/** People write Markdown's **bold** into Jira too. */
function markdownBold({ text, marks }: Line, at: number): Found | null {
  if (text[at + 1] !== "*" || /[\s*]/.test(text[at + 2] ?? " ")) return null;
  const close = marks.next("**", at + 2);
  if (close === null || /[\s\\]/.test(text[close - 1] ?? " ") || close - at > LONGEST_LINK)
    return null;
  const words = text.slice(at + 2, close);
  if (/[[\]<`_\\]/.test(words)) return null;
  return { markdown: `**${words}**`, end: close + 2 };
}

type MarkFinder = { next: (mark: string, from: number, skip?: number) => number | null };

/** Where marks stand. Asked from left to right, so all answers together cost one pass per mark. */
function createMarkFinder(text: string): MarkFinder {
  const places = new Map<string, { all: number[]; passed: number }>();
  const placesOf = (mark: string) => {
    const known = places.get(mark);
    if (known !== undefined) return known;
    const all: number[] = [];
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) all.push(at);
    const found = { all, passed: 0 };
    places.set(mark, found);
    return found;
  };
  return {
    next: (mark, from, skip = 0) => {
      const marks = placesOf(mark);
      while ((marks.all[marks.passed] ?? Number.POSITIVE_INFINITY) < from) marks.passed += 1;
      return marks.all[marks.passed + skip] ?? null;
    },
  };
}
