import type { InvalidateQueryFilters, QueryClient } from "@tanstack/react-query";

/**
 * What these queries hold is from before a change: they are read again.
 *
 * TanStack Query starts a read afresh only where there is data; a first one that is under way goes on,
 * though it may have been answered before the change. So that one is read once more when it's there.
 */
export function refetchQueries(cache: QueryClient, filters: InvalidateQueryFilters) {
  const first = cache
    .getQueryCache()
    .findAll({ ...filters, fetchStatus: "fetching" })
    .filter(({ state }) => state.data === undefined);
  void cache.invalidateQueries(filters);
  for (const { queryKey, promise } of first) {
    promise?.then(
      () => cache.invalidateQueries({ queryKey, exact: true }),
      () => undefined,
    );
  }
}
