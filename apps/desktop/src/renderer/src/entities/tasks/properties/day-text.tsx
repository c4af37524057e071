import { CalendarDays, type LucideIcon } from "lucide-react";
import { dueState, formatDueDate } from "@/ui/format/format-time.ts";
import { useToday } from "@/ui/format/use-today.ts";

type DayProps = {
  day: string;
  icon: LucideIcon;
  tone?: string;
  /** What only a screen reader hears, before the day and behind it. */
  before?: string;
  behind?: string;
};

export function DayText({ day, icon: Icon, tone = "text-muted", before, behind }: DayProps) {
  const now = useToday();
  return (
    <span className={`inline-flex shrink-0 items-center gap-1 text-12 tabular-nums ${tone}`}>
      <Icon size={12} aria-hidden="true" />
      {before && <span className="sr-only">{before}</span>}
      {formatDueDate(day, now)}
      {behind && <span className="sr-only">{behind}</span>}
    </span>
  );
}

const tones = { overdue: "text-danger-ink", soon: "text-warning-ink", later: "text-muted" };

type Props = {
  day: string;
  /** What is done is never late. */
  isDone: boolean;
};

export function DueDate({ day, isDone }: Props) {
  const now = useToday();
  const state = isDone ? "later" : dueState(day, now);
  const behind = state === "overdue" ? ", overdue" : undefined;
  return <DayText day={day} icon={CalendarDays} tone={tones[state]} behind={behind} />;
}
