/** One thing of a page, named behind the # of its address: it is brought into view, or opened. */
import { useLocation } from "@tanstack/react-router";

export type Pointed = "comment" | "file" | "thread";

export const pointer = (what: Pointed, id: string) => `#${what}-${id}`;

export function readPointer(hash: string, what: Pointed): string | null {
  const named = hash.replace(/^#/, "");
  return named.startsWith(`${what}-`) ? named.slice(what.length + 1) : null;
}

/** The id of that which is pointed to, if it is of this sort. */
export const usePointed = (what: Pointed) => readPointer(useLocation().hash, what);
