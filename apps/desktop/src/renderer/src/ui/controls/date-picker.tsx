import { CalendarX } from "lucide-react";
import { type ReactElement, useState } from "react";
import { formatDay } from "@/ui/format/format-time.ts";
import { Popover } from "@/ui/overlays/popover.tsx";
import { Button } from "./button.tsx";
import { Calendar, type DayBounds, isWithin } from "./calendar.tsx";

type Props = DayBounds & {
  label: string;
  /** "yyyy-mm-dd" */
  value: string | null;
  onValueChange: (day: string | null) => void;
  /** Shows the date; opens the calendar. */
  trigger: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function DatePicker({ label, value, onValueChange, trigger, ...props }: Props) {
  const { open, onOpenChange, from, to } = props;
  const [isOwnOpen, setOwnOpen] = useState(false);

  function setOpen(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  function choose(day: string | null) {
    onValueChange(day);
    setOpen(false);
  }

  return (
    <Popover label={label} trigger={trigger} open={open ?? isOwnOpen} onOpenChange={setOpen}>
      <Calendar value={value} onSelect={choose} from={from} to={to} />
      <div className="flex items-center gap-1 border-t p-1.5">
        {shortcuts.map(({ name, days }) => (
          <Button
            key={name}
            variant="ghost"
            size="small"
            disabled={!isWithin(dayFromNow(days), { from, to })}
            onClick={() => choose(dayFromNow(days))}
          >
            {name}
          </Button>
        ))}
        {value && (
          <span className="ml-auto">
            <Button
              variant="ghost"
              size="small"
              icon={<CalendarX size={13} />}
              onClick={() => choose(null)}
            >
              Clear
            </Button>
          </span>
        )}
      </div>
    </Popover>
  );
}

const shortcuts = [
  { name: "Today", days: 0 },
  { name: "Tomorrow", days: 1 },
];

function dayFromNow(days: number): string {
  const now = new Date();
  return formatDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}
