/** When a snoozed notification may come back, as its person's own clock says. */
export type SnoozeTime = { label: string; until: Date };

const MORNING = 9;
const LATER_HOURS = 3;

function morningIn(days: number, now: Date): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING, 0, 0, 0);
  return day;
}

export function snoozeTimes(now: Date): SnoozeTime[] {
  const later = new Date(now.getTime() + LATER_HOURS * 3_600_000);
  // Monday is 1, and on a Monday the next one is a week away.
  const toMonday = ((8 - now.getDay()) % 7) + (now.getDay() === 1 ? 7 : 0);
  return [
    { label: "In 3 hours", until: later },
    { label: "Tomorrow morning", until: morningIn(1, now) },
    { label: "Next Monday", until: morningIn(toMonday || 7, now) },
  ];
}
