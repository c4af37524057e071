/**
 * Where checklists stand in their task, and items in their checklist: fractional indexes, as those of
 * tasks (tasks/rank.ts). All verbs hold the task, so that ranks are chosen one at a time, and there are
 * few enough to read all of them.
 */
import { generateNKeysBetween } from "fractional-indexing";

type Ranked = { id: string; rank: string };

/** Directly behind `afterId`, else directly before `beforeId`, else last. */
export type Beside = { beforeId?: string | undefined; afterId?: string | undefined };

/**
 * `n` ranks at one place among the others. Those may be deleted: a neighbour that somebody has deleted
 * meanwhile still says where; one that stands elsewhere by now says nothing.
 */
export function ranksBeside(others: readonly Ranked[], { beforeId, afterId }: Beside, n = 1) {
  const rankOf = (id: string | undefined) => others.find((each) => each.id === id)?.rank;
  const ranks = [...new Set(others.map(({ rank }) => rank))].sort();
  const after = rankOf(afterId);
  if (after !== undefined) return generateNKeysBetween(after, next(ranks, after), n);
  const before = rankOf(beforeId);
  if (before !== undefined) return generateNKeysBetween(previous(ranks, before), before, n);
  return generateNKeysBetween(ranks.at(-1) ?? null, null, n);
}

const next = (ranks: readonly string[], rank: string) => ranks.find((each) => each > rank) ?? null;
const previous = (ranks: readonly string[], rank: string) =>
  ranks.findLast((each) => each < rank) ?? null;
