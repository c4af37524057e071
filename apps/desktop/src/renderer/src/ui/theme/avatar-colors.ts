/** One of twelve hues, the same for a person everywhere and always. */
export function avatarHue(id: string): number {
  // FNV-1a: ids made in one minute share their beginning, and must still differ in colour.
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  return ((hash >>> 8) % 12) * 30 + 10;
}

/** "Ada Lovelace" → "AL", "ada@example.org" → "A", "李雷" → "李". */
export function initials(name: string, most: 1 | 2): string {
  const words = name
    .replace(/@.*$/, "")
    .split(/[\s._-]+/)
    .filter(Boolean);
  const first = firstCharacter(words[0]);
  const last = words.length > 1 && most === 2 ? firstCharacter(words.at(-1)) : "";
  return (first + last).toUpperCase() || "?";
}

function firstCharacter(word: string | undefined): string {
  return word ? (Array.from(word)[0] ?? "") : "";
}
