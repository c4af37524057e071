import { createHash } from "node:crypto";

/**
 * Ids for rows and comments that have none of their own: a hash of the content and which occurrence
 * of that content it is, so the same file gives the same ids and equal rows stay apart.
 */
export function createContentIds(): (parts: string[]) => string {
  const seen = new Map<string, number>();
  return (parts) => {
    const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24);
    const occurrence = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, occurrence);
    return occurrence === 1 ? hash : `${hash}.${occurrence}`;
  };
}
