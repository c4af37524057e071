import { CalendarX } from "lucide-react";
import { type ReactElement, useState } from "react";
import { formatDay } from "@/ui/format/format-time.ts";
import { Popover } from "@/ui/overlays/popover.tsx";
import { Button } from "./button.tsx";
import { Calendar } from "./calendar.tsx";

type Props = {
  label: string;
  /** "yyyy-mm-dd" */
  value: string | null;
  onValueChange: (day: string | null) => void;
  /** Shows the date; opens the calendar. */
  trigger: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function DatePicker({ label, value, onValueChange, trigger, open, onOpenChange }: Props) {
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
      <Calendar value={value} onSelect={choose} />
      <div className="flex items-center gap-1 border-t p-1.5">
        <Button variant="ghost" size="small" onClick={() => choose(dayFromNow(0))}>
          Today
        </Button>
        <Button variant="ghost" size="small" onClick={() => choose(dayFromNow(1))}>
          Tomorrow
        </Button>
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

function dayFromNow(days: number): string {
  const now = new Date();
  return formatDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}
