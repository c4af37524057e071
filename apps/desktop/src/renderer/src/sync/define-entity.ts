/**
 * How a change of the feed reaches the screen: by a patch of the query cache, and no refetch.
 *
 * Whoever caches something of an entity declares its patch, beside what is cached; several may, for
 * one entity. Applying a change again, or an older one after it, must change nothing: a read that
 * overlaps with changes gets them once more.
 */
import type { Change, ChangeOf, Entity } from "@guildhall/api/client";
import type { CacheTransaction } from "./cache-transaction.ts";

export type FeedPlace = { workspaceId: string; myId: string };

export type EntityPatch<E extends Entity> = (
  tx: CacheTransaction,
  change: ChangeOf<E>,
  place: FeedPlace,
) => void;

/** Every entity of the feed, with all its patches: a new one does not compile until it is there. */
export type Entities = { [E in Entity]: readonly [EntityPatch<E>, ...EntityPatch<E>[]] };

export const defineEntity = <E extends Entity>(_entity: E, patch: EntityPatch<E>) => patch;

export function applyChange(
  entities: Entities,
  tx: CacheTransaction,
  change: Change,
  place: FeedPlace,
) {
  const patches = entities[change.entity] as readonly EntityPatch<Entity>[] | undefined;
  // A server newer than this page tells of something that it does not know: it reads all of it again.
  if (!patches) tx.invalidate([]);
  else for (const patch of patches) patch(tx, change, place);
}

/** The list with the row, or without what is gone. */
export function put<T>(list: readonly T[], row: T | null, isIt: (item: T) => boolean): T[] {
  const at = list.findIndex(isIt);
  if (!row) return at < 0 ? [...list] : list.toSpliced(at, 1);
  return at < 0 ? [...list, row] : list.with(at, row);
}

type Timed = { createdAt: Date };
export const byTime = (a: Timed, b: Timed) => a.createdAt.getTime() - b.createdAt.getTime();
