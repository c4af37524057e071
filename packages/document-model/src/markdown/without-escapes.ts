/**
 * Markdown's printer escapes whatever could be a sign anywhere: `snake\\_case`. People type it without, and a
 * script that reads a comment finds what was typed: so an escape stays only where it is needed.
 */
export function withoutEscapes(printed: string, isStillSame: (text: string) => boolean): string {
  const signs = new Set([...printed.matchAll(/\\([!-/:-@[-`{-~])/g)].map(([, sign]) => sign));
  if (signs.size === 0) return printed;
  const all = printed.replace(/\\([!-/:-@[-`{-~])/g, "$1");
  if (isStillSame(all)) return all;
  let text = printed;
  for (const sign of signs) {
    const without = text.replaceAll(`\\${sign}`, sign ?? "");
    if (isStillSame(without)) text = without;
  }
  return text;
}
