/** A bucket that fills by `perSecond` and holds four seconds of it: a client that comes back asks for much at once. */
export function createMessageRate(perSecond: number): () => boolean {
  const full = 4 * perSecond;
  let left = full;
  let at = performance.now();
  return () => {
    const now = performance.now();
    left = Math.min(full, left + ((now - at) / 1_000) * perSecond);
    at = now;
    if (left < 1) return false;
    left--;
    return true;
  };
}
