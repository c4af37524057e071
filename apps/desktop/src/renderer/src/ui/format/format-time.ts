/** Times in words. The parameter `locale` is for tests. */
import { formatDate, formatRelative } from "@/lib/locale.ts";

export function relativeTime(at: Date, now: Date, locale?: string): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const words = (count: number, unit: Intl.RelativeTimeFormatUnit) =>
    formatRelative(count, unit, { style: "short", ...(locale && { locale }) });
  if (Math.abs(seconds) < 45) return "just now";
  if (Math.abs(seconds) < 45 * 60) return words(Math.round(seconds / 60), "minute");

  const days = calendarDays(at, now);
  // By the hour only within the day: at nine in the morning "14 hours ago" is "yesterday".
  if (days === 0) return words(Math.trunc(seconds / 3600) || Math.sign(seconds), "hour");
  if (Math.abs(days) < 7) return words(days, "day");
  return shortDate(at, now, locale);
}

/** "3 Dec", with the year only when it is another one. */
export function shortDate(at: Date, now: Date, locale?: string): string {
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return formatDate(at, { day: "numeric", month: "short", year }, locale);
}

export function exactTime(at: Date, locale?: string): string {
  return formatDate(at, { dateStyle: "full", timeStyle: "short" }, locale);
}

/** "Today", "Tomorrow", "Fri", "3 Dec": a due date is a day, not a moment. */
export function formatDueDate(day: string, now: Date, locale?: string): string {
  const at = parseDay(day);
  const days = calendarDays(at, now);
  if (Math.abs(days) <= 1) {
    const word = formatRelative(days, "day", locale ? { locale } : {});
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  if (days > 1 && days < 7) {
    return formatDate(at, { weekday: "short" }, locale);
  }
  return shortDate(at, now, locale);
}

export type DueState = "overdue" | "soon" | "later";

/** Soon: today or tomorrow. */
export function dueState(day: string, now: Date): DueState {
  const days = calendarDays(parseDay(day), now);
  if (days < 0) return "overdue";
  return days <= 1 ? "soon" : "later";
}

/** "yyyy-mm-dd" as midnight of the viewer's own zone (`new Date(day)` would be midnight in UTC). */
export function parseDay(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

export function formatDay(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, "0");
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, "0")}`;
}

/** Midnights between the two; rounded, because a day of summer time's change has 23 or 25 hours. */
function calendarDays(at: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(at).getTime() - midnight(now).getTime()) / 86_400_000);
}
