import type { RouterOutputs } from "@guildhall/api/client";
import { Switch } from "@/ui/controls/switch.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Section } from "@/ui/layout/section.tsx";

type Hours = RouterOutputs["notifications"]["settings"]["quietHours"];
type Props = { hours: Hours; onChange: (hours: Hours) => void };

const NIGHT = { from: "22:00", to: "07:00" };

/** When nothing pops up and nothing is mailed; it is in the inbox all the same. */
export function QuietHours({ hours, onChange }: Props) {
  const set = (part: Partial<NonNullable<Hours>>) => {
    const next = { ...NIGHT, ...hours, ...part };
    if (next.from && next.to) onChange(next);
  };
  return (
    <Section
      title="Quiet hours"
      lead="Nothing pops up and nothing is emailed. Notifications still arrive in your inbox."
    >
      <div className="grid gap-4">
        <Switch
          label="Quiet hours"
          checked={hours !== null}
          onCheckedChange={(isOn) => onChange(isOn ? NIGHT : null)}
        />
        {hours && (
          <div className="flex flex-wrap gap-3">
            <TextField
              label="From"
              type="time"
              value={hours.from}
              onValueChange={(from) => set({ from })}
            />
            <TextField
              label="Until"
              type="time"
              value={hours.to}
              onValueChange={(to) => set({ to })}
            />
          </div>
        )}
      </div>
    </Section>
  );
}
