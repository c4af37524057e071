import { Check } from "lucide-react";
import { useState } from "react";
import { cx } from "@/ui/format/cx.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { Popover } from "@/ui/overlays/popover.tsx";
import { labelColors } from "./label-color.ts";

const grey = "#888888";

type Props = {
  label: string;
  /** #rrggbb */
  value: string;
  onValueChange: (color: string) => void;
  /** With the frame of a field, beside one. */
  framed?: boolean;
};

export function ColorPicker({ label, value, onValueChange, framed }: Props) {
  const [isOpen, setOpen] = useState(false);
  const choose = (color: string) => {
    setOpen(false);
    if (color !== value) onValueChange(color);
  };
  return (
    <Popover
      label={label}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          aria-label={label}
          className={cx(
            "grid shrink-0 place-items-center rounded-control transition-colors hover:bg-hover data-popup-open:bg-active",
            framed ? "size-8 border border-line-strong shadow-card" : "size-7",
          )}
        >
          <LabelDot color={value} size={10} />
        </button>
      }
    >
      <div className="grid grid-cols-5 gap-1 p-2">
        {[...labelColors, grey].map((color) => (
          <button
            key={color}
            type="button"
            aria-label={`Colour ${color}`}
            aria-pressed={color === value.toLowerCase()}
            onClick={() => choose(color)}
            className="grid size-7 place-items-center rounded-control hover:bg-hover"
          >
            <span
              className="grid size-5 place-items-center rounded-full text-on-accent"
              style={{ background: color }}
            >
              {color === value.toLowerCase() && <Check size={12} strokeWidth={3} />}
            </span>
          </button>
        ))}
      </div>
      <label className="flex items-center justify-between gap-3 border-t px-3 py-2 text-12 text-muted">
        Custom colour
        <input
          type="color"
          defaultValue={value}
          // The native picker tells of each step of a drag; the one that stays is told on leaving.
          onBlur={(event) => choose(event.target.value)}
          className="h-6 w-10 rounded-control border bg-transparent"
        />
      </label>
    </Popover>
  );
}
