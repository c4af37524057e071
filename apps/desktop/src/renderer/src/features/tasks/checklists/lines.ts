/** What is pasted becomes items: a line each, without the marks that a list has in Markdown. */

export type Line = { text: string; isDone: boolean };

const MARK = /^\s*(?:(?:[-*+•]|\d{1,4}[.)])\s+)?(?:\[([ xX])\]\s*)?/;

/** What an item takes, and what the server refuses. */
export const MOST_LETTERS = 1_000;
export const MOST_ITEMS = 500;

export function linesOf(pasted: string): Line[] {
  return pasted
    .split(/\r\n?|\n/)
    .map((line) => {
      const box = MARK.exec(line);
      const text = line
        .slice(box?.[0].length ?? 0)
        .replace(/\s+/g, " ")
        .trim();
      return { text: text.slice(0, MOST_LETTERS), isDone: box?.[1]?.toLowerCase() === "x" };
    })
    .filter(({ text }) => text !== "")
    .slice(0, MOST_ITEMS);
}
