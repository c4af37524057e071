/** A bucket that fills by `perSecond` and holds four seconds of it: a client that comes back asks for much at once. */
export function createMessageRate(perSecond: () => number): () => boolean {
  let left = 4 * perSecond();
  let at = performance.now();
  return () => {
    const [now, rate] = [performance.now(), perSecond()];
    left = Math.min(4 * rate, left + ((now - at) / 1_000) * rate);
    at = now;
    if (left < 1) return false;
    left--;
    return true;
  };
}
