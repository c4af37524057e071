/**
 * Many changes, one new cache.
 *
 * An import of 5,000 issues arrives as 5,000 changes. Setting the cache for each would copy a
 * 10,000-row board 5,000 times. A transaction copies what it touches once, takes all changes of a
 * batch, and is then put into the cache as a whole.
 */
import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";
import { refetchQueries } from "@/lib/refetch-queries.ts";
import type { CacheKey, CachePrefix } from "./procedures.ts";

export class CacheTransaction {
  readonly #cache: QueryClient;
  readonly #changed = new Map<string, { key: QueryKey; data: unknown }>();
  /** Of those, what is a copy to be changed in place. */
  readonly #copies = new Set<string>();
  readonly #stale = new Map<string, QueryKey>();
  readonly #forgotten: ((query: Query) => boolean)[] = [];

  constructor(cache: QueryClient) {
    this.#cache = cache;
  }

  #read(id: string, key: QueryKey): unknown {
    const changed = this.#changed.get(id);
    return changed ? changed.data : this.#cache.getQueryData(key);
  }

  /** What is cached under `key`, to be changed in place: copied once. Null when nothing is cached. */
  edit<T, Copy extends T>(key: CacheKey<T>, copy: (data: T) => Copy): Copy | null {
    const id = JSON.stringify(key);
    const data = this.#read(id, key);
    if (data === undefined) return null;
    if (this.#copies.has(id)) return data as Copy;
    const copied = copy(data as T);
    this.#changed.set(id, { key, data: copied });
    this.#copies.add(id);
    return copied;
  }

  /** The same for everything whose key starts with `prefix`. */
  editAll<T, Copy extends T>(prefix: CachePrefix<T>, copy: (data: T) => Copy): Copy[] {
    const found = this.#keysBelow(prefix);
    return found.flatMap((key) => this.edit(key as CacheKey<T>, copy) ?? []);
  }

  /** Changes what is cached under `key`; does nothing when nothing is. */
  update<T>(key: CacheKey<T>, change: (data: T) => T) {
    const id = JSON.stringify(key);
    const data = this.#read(id, key);
    if (data === undefined) return;
    this.#copies.delete(id);
    this.#changed.set(id, { key, data: change(data as T) });
  }

  /** The same for everything whose key starts with `prefix`. */
  updateAll<T>(prefix: CachePrefix<T>, change: (data: T) => T) {
    for (const key of this.#keysBelow(prefix)) this.update(key as CacheKey<T>, change);
  }

  set<T>(key: CacheKey<T>, data: T) {
    this.#changed.set(JSON.stringify(key), { key, data });
  }

  /** Somebody has asked for it, and nothing has come yet. */
  isAwaited(key: QueryKey): boolean {
    const state = this.#cache.getQueryState(key);
    return state !== undefined && state.data === undefined;
  }

  /** Asks the server again, once the transaction is in the cache. */
  invalidate(...keys: QueryKey[]) {
    for (const key of keys) this.#stale.set(JSON.stringify(key), key);
  }

  /** The same for one key, of which there may be thousands: only where something is cached. */
  invalidateCached(key: QueryKey) {
    if (this.#cache.getQueryState(key)) this.invalidate(key);
  }

  /** What I may no longer see does not stay here either. */
  forget(which: (query: Query) => boolean) {
    this.#forgotten.push(which);
  }

  #keysBelow = (prefix: QueryKey) =>
    this.#cache
      .getQueryCache()
      .findAll({ queryKey: prefix })
      .map(({ queryKey }) => queryKey);

  commit() {
    for (const { key, data } of this.#changed.values()) this.#cache.setQueryData(key, data);
    for (const predicate of this.#forgotten) this.#cache.removeQueries({ predicate });
    for (const queryKey of this.#stale.values()) refetchQueries(this.#cache, { queryKey });
  }
}
