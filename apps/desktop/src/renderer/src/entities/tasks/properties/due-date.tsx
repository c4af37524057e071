import { CalendarDays } from "lucide-react";
import { dueState, formatDueDate } from "@/ui/format/format-time.ts";
import { useToday } from "@/ui/format/use-today.ts";

const tones = { overdue: "text-danger-ink", soon: "text-warning-ink", later: "text-muted" };

type Props = {
  day: string;
  /** What is done is never late. */
  isDone: boolean;
};

export function DueDate({ day, isDone }: Props) {
  const now = useToday();
  const state = isDone ? "later" : dueState(day, now);
  const words = formatDueDate(day, now);
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 text-12 tabular-nums ${tones[state]}`}
    >
      <CalendarDays size={12} aria-hidden="true" />
      {words}
      {state === "overdue" && <span className="sr-only">, overdue</span>}
    </span>
  );
}
