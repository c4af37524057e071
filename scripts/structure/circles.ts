/**
 * Which folders import each other in a circle. Naive: report every pair that reach each other; of a knot
 * of ten folders that is ninety lines of which nobody knows where to begin. So each knot is told by its
 * shortest circle: cut that one and ask again.
 */
export type Edge = { from: string; to: string };

export function shortestCircles(edges: readonly Edge[]): string[][] {
  const next = neighbours(edges);
  const left = new Set(next.keys());
  const circles: string[][] = [];
  for (const start of [...left].sort()) {
    if (!left.has(start)) continue;
    const knot = [...left].filter((x) => pathTo(next, start, x) && pathTo(next, x, start));
    if (knot.length === 0) continue;
    const found = knot.flatMap((folder) => [pathTo(next, folder, folder) ?? []]);
    circles.push(found.reduce((best, circle) => (circle.length < best.length ? circle : best)));
    for (const folder of knot) left.delete(folder);
  }
  return circles;
}

/** Those from whose end a way leads back to their beginning. */
export function edgesOnCircles<E extends Edge>(edges: readonly E[]): E[] {
  const next = neighbours(edges);
  return edges.filter(({ from, to }) => pathTo(next, to, from) !== null);
}

function neighbours(edges: readonly Edge[]): Map<string, Set<string>> {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  return next;
}

/** The shortest way of at least one step, without its end; null when there is none. */
function pathTo(next: ReadonlyMap<string, Set<string>>, from: string, to: string) {
  const cameFrom = new Map<string, string>();
  let reached = [from];
  while (reached.length > 0) {
    const further: string[] = [];
    for (const folder of reached) {
      for (const neighbour of next.get(folder) ?? []) {
        if (neighbour === to) return wayBack(cameFrom, from, folder);
        if (neighbour === from || cameFrom.has(neighbour)) continue;
        cameFrom.set(neighbour, folder);
        further.push(neighbour);
      }
    }
    reached = further;
  }
  return null;
}

function wayBack(cameFrom: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [end];
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    way.unshift(at);
  }
  return way;
}
