/** Text as the database keeps it: no NUL, no lone surrogate (Postgres refuses both), LF line ends. */
export function cleanText(text: string): { text: string; removed: number } {
  let clean = text.replaceAll("\0", "");
  // With the u flag a pair is one character, so this finds only surrogates that stand alone.
  if (!clean.isWellFormed()) clean = clean.replace(/\p{Surrogate}/gu, "");
  const removed = text.length - clean.length;
  if (clean.includes("\r")) clean = clean.replace(/\r\n?/g, "\n");
  return { text: clean, removed };
}

/** The first `length` UTF-16 units, never half of a surrogate pair. */
export function cutText(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
