/**
 * The colours of code.
 *
 * The usual way lays a span around each word, as decorations: they are reckoned for all code of the
 * document at every key, and the text that the cursor is in is rebuilt under it. The browser can
 * colour ranges of a text without touching it (CSS.highlights): only the block that changed is read,
 * only where it can be seen, and a frame later than the key. Browsers without it show plain code.
 */
import { common, createLowlight } from "lowlight";

export const lowlight = createLowlight(common);

/** Kinds of words, as `::highlight(code-…)` in the style sheet knows them. */
const kinds = ["comment", "keyword", "string", "number", "title", "attribute"] as const;
type Kind = (typeof kinds)[number];

const byClass: Record<string, Kind> = {
  comment: "comment",
  quote: "comment",
  keyword: "keyword",
  "selector-tag": "keyword",
  meta: "keyword",
  section: "keyword",
  doctag: "keyword",
  string: "string",
  regexp: "string",
  addition: "string",
  symbol: "string",
  code: "string",
  link: "string",
  number: "number",
  literal: "number",
  variable: "number",
  "template-variable": "number",
  deletion: "number",
  title: "title",
  name: "title",
  built_in: "title",
  "selector-id": "title",
  "selector-class": "title",
  attr: "attribute",
  attribute: "attribute",
  type: "attribute",
  property: "attribute",
  params: "attribute",
};

const canColour = typeof CSS !== "undefined" && "highlights" in CSS;
const highlights = new Map<Kind, Highlight>();

function highlightOf(kind: Kind): Highlight {
  let highlight = highlights.get(kind);
  if (!highlight) {
    highlight = new Highlight();
    highlights.set(kind, highlight);
    CSS.highlights.set(`code-${kind}`, highlight);
  }
  return highlight;
}

type Tree = ReturnType<typeof lowlight.highlight>;
type Part = Tree | Tree["children"][number];
type Coloured = { kind: Kind; from: number; to: number };

/** Where which kind of word stands, in the order of the text. */
function readColours(language: string, text: string): Coloured[] {
  const found: Coloured[] = [];
  let at = 0;
  const walk = (part: Part, kind: Kind | null) => {
    if (part.type === "text") {
      if (kind) found.push({ kind, from: at, to: at + part.value.length });
      at += part.value.length;
    } else if ("children" in part) {
      const own = part.type === "element" ? kindOf(part.properties.className) : null;
      for (const child of part.children) walk(child, own ?? kind);
    }
  };
  walk(lowlight.highlight(language, text), null);
  return found;
}

function kindOf(classes: unknown): Kind | null {
  if (!Array.isArray(classes)) return null;
  for (const name of classes) {
    const kind =
      byClass[
        String(name)
          .replace(/^hljs-/, "")
          .replace(/_$/, "")
      ];
    if (kind) return kind;
  }
  return null;
}

/** Longer, it takes a frame to read, at each key. */
const MOST_CODE = 60_000;

export function createColours(block: HTMLElement, code: HTMLElement) {
  let wanted = { language: "", text: "" };
  let shown: typeof wanted | null = null;
  let ranges: [Highlight, StaticRange][] = [];
  let isSeen = false;
  let frame = 0;

  const observer = new IntersectionObserver(
    ([entry]) => {
      isSeen = entry?.isIntersecting ?? false;
      if (isSeen) drawSoon();
      else clear();
    },
    { rootMargin: "400px" },
  );
  if (canColour) observer.observe(block);

  function clear() {
    for (const [highlight, range] of ranges) highlight.delete(range);
    ranges = [];
    shown = null;
  }

  // The text is on the page only after the editor has drawn it.
  function drawSoon() {
    if (isSeen && wanted !== shown) frame ||= requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    clear();
    shown = wanted;
    const { language, text } = wanted;
    if (!lowlight.registered(language) || text.length > MOST_CODE) return;
    const texts = textNodes(code);
    for (const { kind, from, to } of readColours(language, text)) {
      const start = placeIn(texts, from);
      const end = placeIn(texts, to, true);
      if (!start || !end) break;
      const range = new StaticRange({
        startContainer: start.node,
        startOffset: start.offset,
        endContainer: end.node,
        endOffset: end.offset,
      });
      const highlight = highlightOf(kind);
      highlight.add(range);
      ranges.push([highlight, range]);
    }
  }

  return {
    show(language: string, text: string) {
      if (!canColour || (language === wanted.language && text === wanted.text)) return;
      wanted = { language, text };
      drawSoon();
    },
    destroy() {
      cancelAnimationFrame(frame);
      observer.disconnect();
      clear();
    },
  };
}

type TextPlace = { node: Text; start: number };

/** Others' cursors may stand between them; what these say is not in the text. */
function textNodes(code: HTMLElement): TextPlace[] {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const found: TextPlace[] = [];
  let start = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (node.parentElement?.closest(".caret")) continue;
    found.push({ node, start });
    start += node.length;
  }
  return found;
}

/** `isEnd`: at the end of one node rather than at the start of the next. */
function placeIn(texts: readonly TextPlace[], at: number, isEnd = false) {
  const place = texts.findLast(({ start }) => (isEnd ? start < at : start <= at));
  return place && at <= place.start + place.node.length
    ? { node: place.node, offset: at - place.start }
    : null;
}
