const LONGEST = 4;

/**
 * A key from a project's name, as people would make it: "Desktop app" → DA, "Server" → SER. A key
 * is 2 to 10 capital letters and digits and begins with a letter; an empty name gives none.
 */
export function suggestKey(name: string, taken: readonly string[]): string {
  const words = name
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^A-Z0-9\s_-]/g, "")
    .split(/[\s_-]+/)
    .map((word) => word.replace(/^\d+/, ""))
    .filter(Boolean);
  const [first = ""] = words;
  const letters = words.length > 1 ? words.map((word) => word.slice(0, 1)).join("") : first;
  const base = letters.slice(0, words.length > 1 ? LONGEST : 3);
  if (!base) return "";
  const key = base.length > 1 ? base : `${base}${first.slice(1, 3) || "X"}`;
  if (!taken.includes(key)) return key;
  for (let number = 2; ; number++) {
    if (!taken.includes(`${key}${number}`)) return `${key}${number}`;
  }
}

/** What is wrong with a key, as the server will see it; null when nothing is. */
export function keyProblem(key: string): string | null {
  return /^[A-Z][A-Z0-9]{1,9}$/.test(key)
    ? null
    : "Use 2 to 10 capital letters and digits, starting with a letter, such as APP.";
}
