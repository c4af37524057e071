import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";
import { controlClass, Field, type FieldProps } from "./field.tsx";

type Props = FieldProps &
  Omit<ComponentProps<"input">, "className" | "onChange" | "value" | "size"> & {
    value: string;
    onValueChange: (value: string) => void;
    size?: "medium" | "large";
    /** Inside the field, before the text. */
    icon?: ReactNode;
  };

export function TextField({
  label,
  hideLabel,
  hint,
  error,
  aside,
  size = "medium",
  icon,
  onValueChange,
  ...input
}: Props) {
  return (
    <Field {...{ label, hideLabel, hint, error, aside }}>
      <div className="relative">
        {icon && (
          <span className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-faint">
            {icon}
          </span>
        )}
        <Base.Control
          dir="auto"
          {...input}
          onValueChange={onValueChange}
          className={cx(
            controlClass,
            size === "large" ? "h-9 px-3 text-14" : "h-8 px-2.5 text-13",
            Boolean(icon) && "pl-8",
          )}
        />
      </div>
    </Field>
  );
}
