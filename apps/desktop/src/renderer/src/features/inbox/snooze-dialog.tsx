import { Clock } from "lucide-react";
import { formatDate } from "@/lib/locale.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { snoozeTimes } from "./snooze-times.ts";

type Props = { open: boolean; onClose: () => void; onChoose: (until: Date) => void };

const parts = { weekday: "short", day: "numeric", month: "short" } as const;
const format = (at: Date) => formatDate(at, { ...parts, hour: "2-digit", minute: "2-digit" });

/** When it is to come back. */
export function SnoozeDialog({ open, onClose, onChoose }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Snooze"
      description="It comes back to your inbox, unread."
      width="small"
    >
      <div className="grid gap-1.5">
        {open &&
          snoozeTimes(new Date()).map(({ label, until }, index) => (
            <Button
              key={label}
              icon={<Clock size={14} />}
              autoFocus={index === 0}
              onClick={() => onChoose(until)}
            >
              {label}
              <span className="ml-2 font-normal text-muted">{format(until)}</span>
            </Button>
          ))}
      </div>
    </Dialog>
  );
}
