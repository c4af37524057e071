import { joinBlocks, type MarkdownBlock } from "../text/markdown-blocks.ts";
import { splitWikiCode, type WikiPart } from "./jira-code-blocks.ts";
import { type WikiContext, wikiInline } from "./jira-inline.ts";
import { isTableRow, wikiTable } from "./jira-table.ts";

/** Jira's wiki markup as Markdown. Never throws: what is not markup stays text. Linear time. */
export function wikiToMarkdown(text: string, context: WikiContext): string {
  const parts = splitWikiCode(text.replace(/\r\n?/g, "\n"));
  const page: Page = { blocks: [], lists: [], quoted: false, context, table: [] };
  let quoteMarks = 0;
  for (const part of parts) {
    if (part.kind === "text") quoteMarks += part.text.split(QUOTE_MARK).length - 1;
  }
  // An unpaired last {quote} would turn the rest of the page into a quotation.
  let quoteMarksLeft = quoteMarks - (quoteMarks % 2);
  for (const part of parts) {
    if (part.kind === "code") {
      addCode(page, part);
      continue;
    }
    for (const line of linesOf(part.text)) {
      for (const [index, piece] of line.split(QUOTE_MARK).entries()) {
        if (index > 0 && quoteMarksLeft > 0) {
          quoteMarksLeft -= 1;
          endList(page);
          page.quoted = !page.quoted;
        }
        if (piece.trim() !== "" || line.trim() === "") addLine(page, piece);
      }
    }
  }
  flushTable(page);
  return joinBlocks(page.blocks);
}

const QUOTE_MARK = "{quote}";
/** Marks that only style; what is inside them stays. */
const STYLING = /\{(?:color|panel|anchor|expand|section|column)(?::([^{}\n]{0,200}))?\}/g;
const TITLE = /(?:^|\|)title=([^|]{1,200})/;
const LIST_ITEM = /^\s*([*#-]{1,10})\s+(\S.*)$/;

type Page = {
  blocks: MarkdownBlock[];
  /** The open lists, outermost first: how far the text of an item is indented in each. */
  lists: number[];
  quoted: boolean;
  context: WikiContext;
  table: string[];
};

function linesOf(text: string): string[] {
  return text
    .replace(/\{([*_+-])\}/g, "$1")
    .replace(STYLING, (_all, options: string | undefined) => {
      const title = TITLE.exec(options ?? "")?.[1];
      return title === undefined ? "" : `*${title.trim()}*\n`;
    })
    .split("\n")
    .flatMap((line) => (line.startsWith("|") ? [line] : line.split(/\\\\(?=\s|$)/)));
}

function addLine(page: Page, line: string): void {
  const trimmed = line.trim();
  if (isTableRow(trimmed)) {
    page.table.push(trimmed);
    return;
  }
  flushTable(page);
  const { quoted, context } = page;
  const heading = /^h([1-6])\.\s*(\S.*)$/.exec(trimmed);
  const item = LIST_ITEM.exec(line);
  if (trimmed === "") {
    page.blocks.push({ kind: "blank", lines: [], indent: 0, quoted });
  } else if (heading !== null) {
    endList(page);
    const text = `${"#".repeat(Number(heading[1]))} ${wikiInline(heading[2] ?? "", context)}`;
    page.blocks.push({ kind: "heading", lines: [text], indent: 0, quoted });
  } else if (/^-{4,}$/.test(trimmed)) {
    endList(page);
    page.blocks.push({ kind: "rule", lines: ["---"], indent: 0, quoted });
  } else if (trimmed.startsWith("bq. ")) {
    endList(page);
    const text = wikiInline(trimmed.slice(4).trim(), context);
    page.blocks.push({ kind: "text", lines: [text], indent: 0, quoted: true });
  } else if (item !== null) {
    addItem(page, item[1] ?? "", item[2] ?? "");
  } else {
    addText(page, trimmed);
  }
}

/** An item may be one level deeper than the one before, never more: else Markdown sees code. */
function addItem(page: Page, marker: string, text: string): void {
  const level = Math.min(marker.length, page.lists.length + 1);
  const isNumbered = marker.endsWith("#");
  page.lists.length = level - 1;
  const indent = page.lists.reduce((sum, width) => sum + width, 0);
  page.lists.push(isNumbered ? 3 : 2);
  // "* - text" is a habit of people, not a list in a list.
  const words = text.trim().replace(/^-\s+/, "");
  const lines = [`${isNumbered ? "1." : "-"} ${wikiInline(words, page.context)}`];
  page.blocks.push({ kind: "item", lines, indent, quoted: page.quoted });
}

function addText(page: Page, trimmed: string): void {
  if (page.blocks.at(-1)?.kind === "blank") endList(page);
  const markdown = wikiInline(trimmed, page.context);
  // A row of = or - under a text would make it a heading; a lone + or ~~~ would open a list or code.
  const text = /^(?:[=-]{2,}$|\+\s|~~~)/.test(markdown) ? `\\${markdown}` : markdown;
  page.blocks.push({ kind: "text", lines: [text], indent: indentOf(page), quoted: page.quoted });
}

function addCode(page: Page, { language, title, content }: WikiPart & { kind: "code" }): void {
  flushTable(page);
  if (page.blocks.at(-1)?.kind === "blank") endList(page);
  const place = { indent: indentOf(page), quoted: page.quoted };
  if (title !== null) {
    const caption = `**${wikiInline(title, page.context)}**`;
    page.blocks.push({ kind: "caption", lines: [caption], ...place });
  }
  let longest = 2;
  for (const run of content.match(/`{3,}/g) ?? []) longest = Math.max(longest, run.length);
  const fence = "`".repeat(longest + 1);
  const lines = [`${fence}${language}`, ...content.split("\n"), fence];
  page.blocks.push({ kind: "code", lines, ...place });
}

function flushTable(page: Page): void {
  if (page.table.length === 0) return;
  endList(page);
  const lines = wikiTable(page.table, page.context);
  page.blocks.push({ kind: "table", lines, indent: 0, quoted: page.quoted });
  page.table = [];
}

function endList(page: Page): void {
  page.lists = [];
}

function indentOf({ lists }: Page): number {
  return lists.reduce((sum, width) => sum + width, 0);
}
