/** Bytes a second over the last three. */
export function speedometer() {
  const seen: { at: number; bytes: number }[] = [];
  return (bytes: number) => {
    const at = performance.now();
    seen.push({ at, bytes });
    while (seen.length > 2 && at - (seen[0]?.at ?? at) > 3_000) seen.shift();
    const first = seen[0] ?? { at, bytes };
    return at > first.at ? ((bytes - first.bytes) / (at - first.at)) * 1_000 : 0;
  };
}
