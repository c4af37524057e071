/** What somebody typed, as the words to look for; whatever else was in it is no operator here. */
import { fold, pairs, runs } from "./tokens.ts";

export type Term = {
  /** Folded. */
  word: string;
  /** Of a script without spaces: found anywhere, letter by letter. */
  unspaced: boolean;
};

export type Question = { terms: Term[] };

const MOST_TERMS = 8;

export function readQuestion(text: string): Question {
  const terms = new Map<string, Term>();
  for (const { word, unspaced } of runs(text)) {
    if (terms.size >= MOST_TERMS) break;
    if (word) terms.set(word, { word, unspaced });
  }
  return { terms: [...terms.values()] };
}

/** `APP-12`, `app-12` or `12`: how people call a task. */
export function readTaskKey(text: string): { projectKey: string | null; number: number } | null {
  const found = /^(?:([A-Za-z][A-Za-z0-9]{1,9})-|#)?(\d{1,9})$/.exec(text.trim());
  if (!found) return null;
  return { projectKey: found[1]?.toUpperCase() ?? null, number: Number(found[2]) };
}

/** What another program may have called a task: a word with a number in it, as `ABC-3` or `#12`. */
export const isFormerKey = (text: string) => /^(?=.{2,100}$)\S*\d\S*$/.test(text.trim());

/** Words of a text may only be guessed at from this length on: shorter ones begin half of them. */
const SHORTEST_BEGINNING = 3;

/**
 * As Postgres reads it. A term means words that begin with it; in a text, one of a letter or two only
 * itself. `others`: further words that a term may stand for.
 */
export function toTsQuery(
  { terms }: Question,
  where: "title" | "text",
  others: ReadonlyMap<string, string[]> = new Map(),
): string {
  const one = ({ word, unspaced }: Term) => {
    if (unspaced) {
      const all = pairs(word);
      // A single letter begins the pairs that it stands in; the last of several is in the pair before.
      const needed = all.length > 1 ? all.slice(0, -1).map(quoted) : [`${quoted(word)}:*`];
      return needed.join(" & ");
    }
    const begins = where === "title" || word.length >= SHORTEST_BEGINNING;
    return [
      begins ? `${quoted(word)}:*` : quoted(word),
      ...(others.get(word) ?? []).map(quoted),
    ].join(" | ");
  };
  return terms.map((term) => `(${one(term)})`).join(" & ");
}

/** Words hold letters, digits and marks only; quoted all the same. */
const quoted = (word: string) => `'${fold(word).replace(/['\\]/g, "")}'`;
