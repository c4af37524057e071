/** Which places of the tree are open, for each person on this computer. */
const keyOf = (place: string) => `guildhall.tree.${place}`;

/** What was opened long ago and is gone takes no room for ever. */
const MOST_OPEN = 2_000;

export function readOpen(place: string): Set<string> {
  const stored = localStorage.getItem(keyOf(place));
  return new Set(stored ? stored.split(" ") : []);
}

export function writeOpen(place: string, open: ReadonlySet<string>) {
  localStorage.setItem(keyOf(place), [...open].slice(-MOST_OPEN).join(" "));
}
