/** One thing of a page, named behind the # of its address: it is brought into view, or opened. */
import { useLocation } from "@tanstack/react-router";

export type DeepLinkTarget = "comment" | "file";

export const pointer = (what: DeepLinkTarget, id: string) => `#${what}-${id}`;

export function readDeepLinkTarget(hash: string, what: DeepLinkTarget): string | null {
  const named = hash.replace(/^#/, "");
  return named.startsWith(`${what}-`) ? named.slice(what.length + 1) : null;
}

/** The id of that which is pointed to, if it is of this sort. */
export const useDeepLinkTarget = (what: DeepLinkTarget) =>
  readDeepLinkTarget(useLocation().hash, what);
