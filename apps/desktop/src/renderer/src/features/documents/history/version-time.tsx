import { formatDate } from "@/lib/locale.ts";
import { exactTime } from "@/ui/format/format-time.ts";

/** The viewer's day, for grouping. */
export const dayOf = (at: Date) => at.toDateString();

/** "Today", "Yesterday", "Mon 3 Nov", "3 Nov 2025". */
export function formatDayName(at: Date, now = new Date()): string {
  const day = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((day(now) - day(at)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const isThisYear = at.getFullYear() === now.getFullYear();
  return formatDate(at, isThisYear ? THIS_YEAR : { dateStyle: "medium" });
}

const THIS_YEAR = { weekday: "short", day: "numeric", month: "short" } as const;
const time = (at: Date) => formatDate(at, { timeStyle: "short" });

type EditSession = { startedAt: Date; createdAt: Date };

/** "10:05–10:40"; one moment when it began and ended in the same minute. */
export function formatSession({ startedAt, createdAt }: EditSession): string {
  const end = time(createdAt);
  if (dayOf(startedAt) !== dayOf(createdAt)) return end;
  const start = time(startedAt);
  return start === end ? end : `${start} – ${end}`;
}

export function VersionTime({ version }: { version: EditSession }) {
  return (
    <time dateTime={version.createdAt.toISOString()} title={exactTime(version.createdAt)}>
      {formatSession(version)}
    </time>
  );
}
