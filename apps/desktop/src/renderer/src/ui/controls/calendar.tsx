import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { firstWeekday, formatDate } from "@/lib/locale.ts";
import { calendarMonth, dayAfterKey } from "@/ui/format/calendar-month.ts";
import { cx } from "@/ui/format/cx.ts";
import { formatDay, parseDay } from "@/ui/format/format-time.ts";
import { useToday } from "@/ui/format/use-today.ts";
import { IconButton } from "./icon-button.tsx";

export type DayBounds = {
  /** The first and the last day that can be chosen, "yyyy-mm-dd"; null is no bound. */
  from?: string | null;
  to?: string | null;
};

export const isWithin = (day: string, { from, to }: DayBounds) =>
  (!from || day >= from) && (!to || day <= to);

type Props = DayBounds & {
  value: string | null;
  onSelect: (day: string) => void;
};

/** One month: arrows go by day and week, Page Up and Down by month, Enter chooses. */
export function Calendar({ value, onSelect, from, to }: Props) {
  const today = formatDay(useToday());
  const [cursor, setCursor] = useState(() => parseDay(value ?? nearest(today, { from, to })));
  const grid = useRef<HTMLTableElement>(null);
  const weeks = calendarMonth(cursor.getFullYear(), cursor.getMonth(), firstWeekday());
  const focused = formatDay(cursor);

  // Only while the focus is in the grid: paging with the buttons must not take it from them.
  useEffect(() => {
    const cell = grid.current?.querySelector<HTMLButtonElement>(`[data-day="${focused}"]`);
    if (grid.current?.contains(document.activeElement)) cell?.focus();
  }, [focused]);

  function onKeyDown(event: KeyboardEvent) {
    const next = dayAfterKey(cursor, event.key);
    if (!next) return;
    event.preventDefault();
    setCursor(next);
  }

  const page = (key: string) => setCursor(dayAfterKey(cursor, key) ?? cursor);
  const title = formatDate(cursor, { month: "long", year: "numeric" });

  return (
    <div className="p-2">
      <div className="flex items-center pb-1">
        <p className="flex-1 px-1.5 font-semibold text-13" aria-live="polite">
          {title}
        </p>
        <IconButton
          label="Previous month"
          size="small"
          icon={<ChevronLeft size={15} />}
          onClick={() => page("PageUp")}
        />
        <IconButton
          label="Next month"
          size="small"
          icon={<ChevronRight size={15} />}
          onClick={() => page("PageDown")}
        />
      </div>
      <table ref={grid} onKeyDown={onKeyDown} aria-label={title}>
        <thead>
          <tr>
            {weeks[0]?.map(({ day }) => (
              <th key={day} className="size-7 font-normal text-12 text-faint" scope="col">
                {formatDate(parseDay(day), { weekday: "narrow" })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.day}>
              {week.map(({ day, date, inMonth }) => (
                <td key={day}>
                  <button
                    type="button"
                    data-day={day}
                    tabIndex={day === focused ? 0 : -1}
                    aria-label={formatDate(parseDay(day), { dateStyle: "full" })}
                    aria-pressed={day === value}
                    aria-current={day === today ? "date" : undefined}
                    // The arrows walk over it: who cannot see the bound has to meet it.
                    aria-disabled={!isWithin(day, { from, to })}
                    onClick={() => isWithin(day, { from, to }) && onSelect(day)}
                    className={cx(
                      "grid size-7 place-items-center rounded-control text-12 tabular-nums",
                      day === value
                        ? "bg-accent font-semibold text-on-accent"
                        : cx(
                            "hover:bg-active aria-disabled:cursor-default aria-disabled:bg-transparent aria-disabled:text-faint aria-disabled:line-through",
                            inMonth ? "text-ink" : "text-faint",
                          ),
                      day === today && day !== value && "font-semibold text-accent-ink!",
                    )}
                  >
                    {date}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const nearest = (day: string, { from, to }: DayBounds) =>
  from && day < from ? from : to && day > to ? to : day;
