import { ChevronDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { Combobox, type ComboboxOption } from "./combobox.tsx";

type FacetProps = {
  name: string;
  icon: ReactNode;
  value: readonly string[];
  options: readonly ComboboxOption[];
  note?: string | undefined;
  onValueChange: (ids: string[]) => void;
};

/** A picker for one property to filter by; what is chosen stands on its button. */
export function Facet({ name, icon, value, options, note, onValueChange }: FacetProps) {
  const chosen = options.filter(({ id }) => value.includes(id));
  return (
    <Combobox
      multiple
      label={name}
      value={value}
      options={options}
      note={note}
      onValueChange={onValueChange}
      trigger={
        <FacetButton isSet={chosen.length > 0}>
          {chosen[0]?.icon ?? icon}
          <span className={chosen.length > 0 ? "text-muted" : ""}>{name}</span>
          {chosen.length > 0 && (
            <span className="max-w-32 truncate">
              {chosen[0]?.label}
              {chosen.length > 1 && ` +${chosen.length - 1}`}
            </span>
          )}
          <ChevronDown size={12} className="text-faint" aria-hidden="true" />
        </FacetButton>
      }
    />
  );
}

/** What opens a filter; says what is chosen. */
export function FacetButton({ isSet, ...button }: ComponentProps<"button"> & { isSet: boolean }) {
  return (
    <button
      type="button"
      {...button}
      className={cx(
        "inline-flex h-6 shrink-0 items-center gap-1.5 rounded-control px-1.5 text-12 transition-colors hover:bg-hover data-popup-open:bg-active",
        isSet ? "border bg-canvas text-ink" : "text-muted",
      )}
    />
  );
}
