/**
 * Words to what says them, with the server's own way of cutting and folding (search/tokens.ts there): what
 * is found there is found here, whatever the case, the accents or the script.
 *
 * MiniSearch finds words, beginnings of words and slips of the finger. Parts of words it does not: those
 * are looked up among all words, and asked for as they are, when little else was found.
 */

import { readQuestion, type Term } from "@guildhall/api/search/question";
import { pairs, runs } from "@guildhall/api/search/tokens";
import MiniSearch, { type Query, type SearchResult } from "minisearch";
import type { Entry } from "./entries.ts";

/** Fewer are little: then what nearly fits is looked for too. */
const LITTLE = 5;
const SHORTEST_BEGINNING = 3;
const MOST_WORDS = 50;
/** A text of more is found by these. */
const MOST_TOKENS = 40_000;

export type Facts = Omit<Entry, "title" | "text">;

const options = {
  fields: ["title", "text"],
  storeFields: ["kind", "workspaceId", "projectId", "personIds", "state", "updatedAt"],
  tokenize: (text: string) => [...wordsOf(text)],
  // They are folded already.
  processTerm: (word: string) => word,
  // A question is cut before it is asked.
  searchOptions: { tokenize: (word: string) => [word] },
};

function* wordsOf(text: string): Generator<string> {
  let count = 0;
  for (const { word, unspaced } of runs(text)) {
    if (count++ >= MOST_TOKENS) return;
    if (unspaced) yield* pairs(word);
    else if (word) yield word;
  }
}

export type WordIndex = ReturnType<typeof openIndex>;

/** `json`: as `write` gave it. */
export function openIndex(json?: string) {
  const index = json ? MiniSearch.loadJSON<Entry>(json, options) : new MiniSearch<Entry>(options);
  const words = new Set<string>();
  if (json) {
    for (const [word] of (JSON.parse(json) as { index: [string, unknown][] }).index)
      words.add(word);
  }

  /** Of several words all must be there. */
  function ask(terms: readonly Term[], isNear: boolean, fits: (facts: Facts) => boolean) {
    const queries = terms.map((term) => queryFor(term, isNear));
    return index.search(
      { combineWith: "AND", queries },
      { boost: { title: 8 }, filter: (found) => fits(found as SearchResult & Facts) },
    );
  }

  function queryFor({ word, unspaced }: Term, isNear: boolean): Query {
    if (unspaced) {
      const all = pairs(word);
      // A single letter begins the pairs that it stands in; the last of several is in the pair before.
      if (all.length === 1) return { queries: all, prefix: true, combineWith: "OR" };
      return { queries: all.slice(0, -1), combineWith: "AND" };
    }
    const slips = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    return {
      combineWith: "OR",
      queries: [word, ...(isNear ? partsOf(word) : [])],
      prefix: (term) => term === word && (isNear || word.length >= SHORTEST_BEGINNING),
      fuzzy: (term) => (isNear && term === word ? slips : false),
    };
  }

  function partsOf(word: string): string[] {
    if (word.length < SHORTEST_BEGINNING) return [];
    const found: string[] = [];
    for (const each of words) {
      if (each.includes(word)) found.push(each);
      if (found.length >= MOST_WORDS) break;
    }
    return found;
  }

  return {
    put(entry: Entry) {
      if (index.has(entry.id)) index.discard(entry.id);
      index.add(entry);
      for (const text of [entry.title, entry.text])
        for (const word of wordsOf(text)) words.add(word);
    },
    delete(id: string) {
      if (index.has(id)) index.discard(id);
    },
    /** The best first; without a text, what was changed last. */
    find(text: string, fits: (facts: Facts) => boolean): Facts[] {
      const { terms } = readQuestion(text);
      if (terms.length === 0) {
        const all = index.search(MiniSearch.wildcard, {
          filter: (found) => fits(found as SearchResult & Facts),
        }) as (SearchResult & Facts)[];
        return all.sort((a, b) => b.updatedAt - a.updatedAt);
      }
      const exact = ask(terms, false, fits);
      const near = exact.length < LITTLE ? ask(terms, true, fits) : [];
      const ids = new Set(exact.map(({ id }) => id));
      return [...exact, ...near.filter(({ id }) => !ids.has(id))] as (SearchResult & Facts)[];
    },
    write: () => JSON.stringify(index),
  };
}
