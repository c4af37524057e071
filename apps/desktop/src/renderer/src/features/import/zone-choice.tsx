import { useMemo } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { Combobox } from "@/ui/controls/combobox.tsx";

type Props = { zone: string; onChange: (zone: string) => void };

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const SHOWN = 40;

/** By which clock the times of the file become days. */
export function ZoneChoice({ zone, onChange }: Props) {
  const options = useMemo(() => {
    const all = new Set([ownZone(), "UTC", ...Intl.supportedValuesOf("timeZone")]);
    return [...all].map((id) => ({ id, label: id.replaceAll("_", " ") }));
  }, []);
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-13 text-muted">
      Times in the file become days in
      <Combobox
        label="Time zone"
        options={options}
        value={zone}
        onValueChange={(next) => next && onChange(next)}
        limit={SHOWN}
        trigger={
          <Button size="small" variant="ghost">
            {zone.replaceAll("_", " ")}
          </Button>
        }
      />
    </p>
  );
}
