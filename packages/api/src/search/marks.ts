/** Where in a text the words stand that somebody looked for: as places, never as HTML. */
import type { Question, Term } from "./question.ts";
import { runs, type Token } from "./tokens.ts";

/** `marks`: from and to, in UTF-16 units of `text`, in order and apart. */
export type Marked = { text: string; marks: [number, number][] };

type Run = Token & { unspaced: boolean };

export function markAll(text: string, { terms }: Question): Marked {
  const tokens = [...runs(text)];
  const found = terms.flatMap((term) => {
    const exact = tokens.flatMap((token) => begin(token, term));
    return exact.length > 0 ? exact : tokens.flatMap((token) => resemble(token, term));
  });
  return { text, marks: merged(found) };
}

function begin(token: Run, term: Term): [number, number][] {
  if (term.unspaced !== token.unspaced) return [];
  if (term.unspaced) return within(token, term.word);
  return token.word.startsWith(term.word) ? [part(token, 0, term.word.length)] : [];
}

/** A part of the word, or the word with a slip of the finger: what is found when nothing else is. */
function resemble(token: Run, { word, unspaced }: Term): [number, number][] {
  if (unspaced || token.unspaced || word.length < 3) return [];
  const parts = within(token, word);
  if (parts.length > 0) return parts;
  return isNear(word, token.word) ? [[token.start, token.end]] : [];
}

function within(token: Token, word: string): [number, number][] {
  const found: [number, number][] = [];
  for (let at = token.word.indexOf(word); at !== -1; at = token.word.indexOf(word, at + 1)) {
    found.push(part(token, at, at + word.length));
  }
  return found;
}

/** Folding may make a word longer or shorter; then all of it is marked. */
function part(token: Token, from: number, to: number): [number, number] {
  if (token.word.length !== token.end - token.start) return [token.start, token.end];
  return [token.start + from, token.start + to];
}

function merged(marks: [number, number][]): [number, number][] {
  const sorted = marks.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const apart: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = apart.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}

/** As many slips as a word of this length may have. */
const slips = (word: string) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** Whether `word` was meant: letters wrong, missing, too many, or two of them exchanged. */
export function isNear(typed: string, word: string): boolean {
  const most = slips(typed);
  if (most === 0 || Math.abs(typed.length - word.length) > most) return false;
  let two: number[] = [];
  let one = Array.from({ length: word.length + 1 }, (_, i) => i);
  for (let i = 1; i <= typed.length; i++) {
    const row = [i];
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      let least = Math.min((one[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (one[j - 1] ?? 0) + same);
      const exchanged = typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (i > 1 && j > 1 && exchanged) least = Math.min(least, (two[j - 2] ?? 0) + 1);
      row.push(least);
    }
    two = one;
    one = row;
  }
  return (one[word.length] ?? 0) <= most;
}

const BEFORE = 50;
const LENGTH = 200;

/** A piece of a text around the first place that fits, on one line. */
export function snippet(source: string, question: Question): Marked | null {
  const text = plain(source);
  if (!text) return null;
  const { marks } = markAll(text, question);
  const first = marks[0]?.[0] ?? 0;
  const from = first <= BEFORE ? 0 : wordStart(text, first - BEFORE);
  const to = text.length - from <= LENGTH ? text.length : wordEnd(text, from + LENGTH);
  const front = from > 0 ? "…" : "";
  const shift = front.length - from;
  return {
    text: front + text.slice(from, to).trimEnd() + (to < text.length ? "…" : ""),
    marks: marks
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]) => [start + shift, end + shift]),
  };
}

/** Next to a space if there is one near, and never within a pair of surrogates. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + 20).indexOf(" ");
  if (space !== -1) return at + space + 1;
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}

function wordEnd(text: string, at: number): number {
  const space = text.slice(at - 20, at).lastIndexOf(" ");
  if (space !== -1) return at - 20 + space;
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;
}

/** Without the signs of Markdown, which nobody looks for. */
function plain(text: string): string {
  return text
    .replace(/<[^<>\n]{1,200}>/g, " ")
    .replace(/!?\[([^[\]\n]{0,500})\]\([^()\n]{0,1000}\)/g, "$1")
    .replace(/^[ \t]*(```|~~~|#{1,6} |>|[-*+] (\[[ xX]\] )?|\d{1,3}[.)] |\|?[ :|-]+\|?$)/gm, " ")
    .replace(/[*_`|]{1,3}/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
