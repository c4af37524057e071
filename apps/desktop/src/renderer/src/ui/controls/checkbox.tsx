import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Some, not all, of what it stands for. */
  indeterminate?: boolean;
  disabled?: boolean;
} & ({ children: ReactNode; label?: undefined } | { children?: undefined; label: string });

export function Checkbox({
  checked,
  onCheckedChange,
  indeterminate,
  disabled,
  label,
  children,
}: Props) {
  const box = (
    <Base.Root
      aria-label={label}
      checked={checked}
      indeterminate={indeterminate}
      onCheckedChange={(next) => onCheckedChange(next)}
      disabled={disabled}
      className="inline-grid size-4 shrink-0 place-items-center rounded-[4px] border border-faint/70 bg-surface transition-colors hover:border-faint data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent data-disabled:opacity-45"
    >
      <Base.Indicator className="text-on-accent">
        {indeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
      </Base.Indicator>
    </Base.Root>
  );
  if (!children) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box inside it.
    <label className="flex select-none items-start gap-2 text-13">
      <span className="flex h-[18px] items-center">{box}</span>
      {children}
    </label>
  );
}
