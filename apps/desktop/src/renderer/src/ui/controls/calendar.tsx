import { ChevronLeft, ChevronRight } from "lucide-react";
import { DayPicker, type Matcher } from "react-day-picker";
import { firstWeekday, formatDate } from "@/lib/locale.ts";
import { cx } from "@/ui/format/cx.ts";
import { formatDay, parseDay } from "@/ui/format/format-time.ts";
import { useToday } from "@/ui/format/use-today.ts";

export type DayBounds = {
  /** The first and the last day that can be chosen, "yyyy-mm-dd"; null is no bound. */
  from?: string | null;
  to?: string | null;
};

export const isWithin = (day: string, { from, to }: DayBounds) =>
  (!from || day >= from) && (!to || day <= to);

type Props = DayBounds & {
  /** "yyyy-mm-dd" */
  value: string | null;
  onSelect: (day: string) => void;
};

const month: Intl.DateTimeFormatOptions = { month: "long", year: "numeric" };
const pager =
  "grid size-7 cursor-pointer place-items-center rounded-control text-muted hover:bg-active hover:text-ink";

/** One month of six weeks, so that its height never jumps. Keys: arrows, Page Up and Down, Enter. */
export function Calendar({ value, onSelect, from, to }: Props) {
  const outside: Matcher[] = [];
  if (from) outside.push({ before: parseDay(from) });
  if (to) outside.push({ after: parseDay(to) });
  const today = useToday();
  const selected = value ? parseDay(value) : undefined;
  const isTodayWithin = isWithin(formatDay(today), { from, to });
  const bound = !isTodayWithin ? (from && from > formatDay(today) ? from : to) : null;
  return (
    <DayPicker
      mode="single"
      required={false}
      className="relative p-2"
      selected={selected}
      defaultMonth={selected ?? (bound ? parseDay(bound) : today)}
      // The chosen day again is chosen, not taken back.
      onSelect={(_, day) => onSelect(formatDay(day))}
      disabled={outside}
      today={today}
      weekStartsOn={(firstWeekday() % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6}
      fixedWeeks
      showOutsideDays
      formatters={{
        formatCaption: (day) => formatDate(day, month),
        formatWeekdayName: (day) => formatDate(day, { weekday: "narrow" }),
      }}
      labels={{
        labelGrid: (day) => formatDate(day, month),
        labelDayButton: (day) => formatDate(day, { dateStyle: "full" }),
        labelWeekday: (day) => formatDate(day, { weekday: "long" }),
        labelPrevious: () => "Previous month",
        labelNext: () => "Next month",
      }}
      components={{
        Chevron: ({ orientation }) =>
          orientation === "left" ? <ChevronLeft size={15} /> : <ChevronRight size={15} />,
      }}
      classNames={{
        nav: "absolute end-2 top-2 flex",
        button_previous: pager,
        button_next: pager,
        month_caption: "flex h-7 items-center px-1.5 pb-1",
        caption_label: "font-semibold text-13",
        weekday: "size-7 font-normal text-12 text-faint",
        day: "group/day",
        day_button: cx(
          "grid size-7 place-items-center rounded-control text-12 text-ink tabular-nums",
          "enabled:cursor-pointer enabled:hover:bg-active disabled:text-faint disabled:line-through",
          "group-data-outside/day:text-faint group-data-today/day:font-semibold",
          "group-data-today/day:text-accent-ink",
          "group-data-selected/day:bg-accent! group-data-selected/day:font-semibold",
          "group-data-selected/day:text-on-accent!",
        ),
      }}
    />
  );
}
