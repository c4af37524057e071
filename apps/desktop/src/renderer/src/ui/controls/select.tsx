import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";

type SelectOption<Value extends string> = {
  value: Value;
  label: string;
  icon?: ReactNode;
  /** What it means, in the list alone. */
  hint?: string;
};

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onValueChange: (value: Value) => void;
  /** "field" in forms, "quiet" in toolbars and property lists. */
  variant?: "field" | "quiet";
  disabled?: boolean;
};

/** One of a few (role, sorting, theme). Where one would type to find it, use Combobox. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onValueChange,
  variant = "field",
  disabled,
}: Props<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next)}
      disabled={disabled}
      modal={false}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          "inline-flex select-none items-center gap-2 rounded-control text-13 transition-colors data-disabled:opacity-45",
          variant === "field"
            ? "h-8 min-w-36 justify-between border border-line-strong bg-surface pr-2 pl-2.5 shadow-card hover:border-faint/70"
            : "h-7 px-2 text-muted hover:bg-hover hover:text-ink data-popup-open:bg-active",
        )}
      >
        <span className="inline-flex min-w-0 items-center gap-2">
          {chosen?.icon}
          <Base.Value className="truncate">{chosen?.label ?? ""}</Base.Value>
        </span>
        <Base.Icon className="text-faint">
          <ChevronsUpDown size={13} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-40">
          <Base.Popup className="popup min-w-(--anchor-width) p-1 text-13">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  aria-description={option.hint}
                  className={cx("popup-item", option.hint && "h-auto py-1.5")}
                >
                  {option.icon}
                  <span className="grid flex-1 pr-4">
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint && (
                      <span aria-hidden="true" className="text-12 text-muted">
                        {option.hint}
                      </span>
                    )}
                  </span>
                  <Base.ItemIndicator className="text-muted">
                    <Check size={14} />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
