import type { RouterOutputs } from "@guildhall/api/client";
import { CircleHelp } from "lucide-react";
import { formatDate } from "@/lib/locale.ts";
import { Button } from "@/ui/controls/button.tsx";
import { parseDay } from "@/ui/format/format-time.ts";

type Question = NonNullable<RouterOutputs["imports"]["preview"]["dayOrder"]>;
type Props = {
  question: Question;
  busy: boolean;
  onAnswer: (order: Question["taken"]) => void;
};

/** Asked where nothing in the file says which number is the day. */
export function DayOrderChoice({ question, busy, onAnswer }: Props) {
  const { example, days, taken, isChosen } = question;
  return (
    <section
      aria-label="Order of days and months"
      className="flex items-start gap-2.5 rounded-panel border border-warning-ink/30 bg-warning-soft px-3.5 py-3"
    >
      <CircleHelp size={16} className="mt-px shrink-0 text-warning-ink" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <h3 className="font-medium text-13">Which day is {example}?</h3>
        <p className="mt-0.5 text-12 leading-[18px]">
          Nothing in the file says which number is the day. Your answer counts for all of its dates.
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          {(["day-first", "month-first"] as const).map((order) => (
            <Button
              key={order}
              size="small"
              busy={busy && isChosen && taken === order}
              aria-pressed={isChosen && taken === order}
              variant={isChosen && taken === order ? "primary" : "secondary"}
              onClick={() => onAnswer(order)}
            >
              {formatDate(parseDay(days[order]), { dateStyle: "long" })}
            </Button>
          ))}
        </div>
      </div>
    </section>
  );
}
