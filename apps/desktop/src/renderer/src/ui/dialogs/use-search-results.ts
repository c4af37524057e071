import { useEffect, useState } from "react";
import type { PaletteResult } from "./command-palette.tsx";

type Search = (query: string, signal: AbortSignal) => Promise<PaletteResult[]>;

type Answer = { query: string; results: PaletteResult[]; failed: boolean };

const nothing: Answer = { query: "", results: [], failed: false };

/** Keeps the last answer on screen until the next one is there, so that the list does not flicker. */
export function useSearchResults(typed: string, search: Search | undefined) {
  const query = typed.trim();
  const [answer, setAnswer] = useState(nothing);

  useEffect(() => {
    if (!search || !query) return;
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const next = await search(query, controller.signal).then(
        (results) => ({ query, results, failed: false }),
        () => ({ query, results: [], failed: true }),
      );
      if (!controller.signal.aborted) setAnswer(next);
    }, 120);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, search]);

  if (!query || !search) return { results: nothing.results, isSearching: false, failed: false };
  return { results: answer.results, isSearching: answer.query !== query, failed: answer.failed };
}
