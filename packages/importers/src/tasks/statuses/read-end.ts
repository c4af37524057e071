/**
 * What a file says of a task's end, in whatever way: a date, a box that is ticked, "Yes", a resolution.
 */
import { type DateReading, parseDate } from "../dates/parse-date.ts";

export type End = {
  category: "completed" | "cancelled";
  /** Null when the file only says that it ended. */
  at: Date | null;
};

const words = (text: string) => new Set(text.split(" "));
const YES = words(
  "yes y true t 1 x ✓ ✔ ✔️ ✅ ☑ done completed complete checked ja oui si sí sim tak da да так ano kyllä igen evet ναι 是 はい",
);
const NO = words(
  "no n false f 0 - – — unchecked incomplete nein nej nee non não nao nie ne нет ні ei nem hayır όχι 否 いいえ ☐",
);

export function isYes(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (word === "" || NO.has(word)) return false;
  return YES.has(word) ? true : null;
}

/** What Jira says of an issue that is still open, in its own languages. */
const OPEN_RESOLUTION =
  /^(?:unresolved|nicht erledigt|offen|non résolue?|sin resolver|non risolt[oa]|não resolvid[oa]|onopgelost|nierozwiązane|не решен|нерешенный|未解决|未解決)$/i;

/** "Won't do" and its like are resolutions too, of what was given up. */
const GIVEN_UP =
  /\b(won'?t (?:do|fix)|wontfix|cancel+ed|rejected|declined|duplicate|invalid|not (?:planned|a bug)|obsolete|abandoned|cannot reproduce|incomplete)\b/i;

export const isGivenUp = (text: string) => GIVEN_UP.test(text.replaceAll("’", "'"));

/**
 * What one cell says, by what its column is called; null when the task is open by it, and undefined for what
 * nobody can read.
 */
export function readEnd(
  header: string,
  cell: string,
  reading: DateReading,
): End | null | undefined {
  const text = cell.trim();
  if (text === "") return null;
  const category = /cancel/i.test(header) ? "cancelled" : "completed";
  if (/^(?:task )?resolution$/i.test(header.trim())) {
    if (OPEN_RESOLUTION.test(text) || isYes(text) === false) return null;
    return { category: isGivenUp(text) ? "cancelled" : "completed", at: null };
  }
  const yes = isYes(text);
  if (yes !== null) return yes ? { category, at: null } : null;
  const date = parseDate(text, reading);
  return date ? { category, at: date.instant } : undefined;
}

/** Of several columns the first that has a date, and else any that says so. */
export function firstEnd(ends: (End | null)[]): End | null {
  const found = ends.filter((end) => end !== null);
  return found.find(({ at }) => at !== null) ?? found[0] ?? null;
}
