import { formatDay } from "./format-time.ts";

export type CalendarDay = { day: string; date: number; inMonth: boolean };

/** Six weeks around a month, so that the calendar's height never jumps. Monday is 1, Sunday 7. */
export function calendarMonth(year: number, month: number, firstWeekday: number): CalendarDay[][] {
  const first = new Date(year, month, 1);
  const lead = (first.getDay() - (firstWeekday % 7) + 7) % 7;
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const date = new Date(year, month, 1 - lead + week * 7 + weekday);
      return {
        day: formatDay(date),
        date: date.getDate(),
        inMonth: date.getMonth() === first.getMonth(),
      };
    }),
  );
}

/** Where the arrow keys lead; null for any other key. */
export function dayAfterKey(day: Date, key: string): Date | null {
  const by = (days: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);
  // The 31st, a month on, is the last of a shorter month, not the 1st or 3rd of the one after.
  const byMonth = (months: number) => {
    const last = new Date(day.getFullYear(), day.getMonth() + months + 1, 0).getDate();
    return new Date(day.getFullYear(), day.getMonth() + months, Math.min(day.getDate(), last));
  };
  switch (key) {
    case "ArrowLeft":
      return by(-1);
    case "ArrowRight":
      return by(1);
    case "ArrowUp":
      return by(-7);
    case "ArrowDown":
      return by(7);
    case "PageUp":
      return byMonth(-1);
    case "PageDown":
      return byMonth(1);
    default:
      return null;
  }
}
