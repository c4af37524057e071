import { exactTime } from "@/ui/time-words.ts";

const time = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const weekday = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});
const dated = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** The viewer's day, for grouping. */
export const dayOf = (at: Date) => at.toDateString();

/** "Today", "Yesterday", "Mon 3 Nov", "3 Nov 2025". */
export function dayWords(at: Date, now = new Date()): string {
  const day = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  const days = Math.round((day(now) - day(at)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return at.getFullYear() === now.getFullYear() ? weekday.format(at) : dated.format(at);
}

type Sitting = { startedAt: Date; createdAt: Date };

/** "10:05–10:40"; one moment when it began and ended in the same minute. */
export function sittingWords({ startedAt, createdAt }: Sitting): string {
  const end = time.format(createdAt);
  if (dayOf(startedAt) !== dayOf(createdAt)) return end;
  const start = time.format(startedAt);
  return start === end ? end : `${start} – ${end}`;
}

export function VersionTime({ version }: { version: Sitting }) {
  return (
    <time dateTime={version.createdAt.toISOString()} title={exactTime(version.createdAt)}>
      {sittingWords(version)}
    </time>
  );
}
