/** The beginning of a text in Markdown, as it is read and not as it is written. */
import { shownName } from "../../files/shown-name.ts";

/** A link or a picture is its words: `[@Ann](guildhall:user/…)` is @Ann. The last one may be cut off. */
const LINK = /!?\[([^[\]\n]{0,500})\](?:\([^()\s]{0,2000}(?:\)|$)|(?=$))|\[([^[\]\n]{0,500})$/g;

export const plainText = (markdown: string): string =>
  shownName(markdown.replace(LINK, (_, words, cut) => words ?? cut ?? "").trim());

const FSI = "\u2068";
const PDI = "\u2069";

/** Hebrew, Arabic and their like. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** In one line; written from right to left it leaves the order of what is around it alone. */
export function isolated(words: string): string {
  const line = shownName(words.replace(/\s+/g, " ").trim());
  return RIGHT_TO_LEFT.test(line) ? `${FSI}${line}${PDI}` : line;
}
