import { Switch as Base } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";

type Props = {
  label: string;
  hint?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean;
};

/** A setting that takes effect at once. In a form that is sent, use Checkbox. */
export function Switch({ label, hint, checked, onCheckedChange, disabled }: Props) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6">
      <div>
        <label htmlFor={id} className="font-medium text-13">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-12 text-muted">
            {hint}
          </p>
        )}
      </div>
      <Base.Root
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        className="mt-0.5 inline-flex h-[18px] w-[30px] shrink-0 items-center rounded-full bg-faint/65 p-0.5 transition-colors data-checked:bg-accent data-disabled:opacity-45"
      >
        <Base.Thumb className="size-3.5 rounded-full bg-on-accent shadow-card transition-transform duration-150 data-checked:translate-x-3" />
      </Base.Root>
    </div>
  );
}
