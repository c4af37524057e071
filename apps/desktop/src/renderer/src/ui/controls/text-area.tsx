import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { cx } from "@/ui/format/cx.ts";
import { controlClass, Field, type FieldProps } from "./field.tsx";

type Props = FieldProps &
  Omit<ComponentProps<"textarea">, "className" | "onChange" | "value"> & {
    value: string;
    onValueChange: (value: string) => void;
  };

/** Grows with its text, from `rows` lines up to half of the window. */
export function TextArea({
  label,
  hideLabel,
  hint,
  error,
  aside,
  onValueChange,
  rows = 3,
  ...area
}: Props) {
  return (
    <Field {...{ label, hideLabel, hint, error, aside }}>
      <Base.Control
        value={area.value}
        onValueChange={onValueChange}
        className={cx(
          controlClass,
          "field-sizing-content max-h-[50vh] resize-none px-2.5 py-1.5 text-13 leading-5",
        )}
        render={<textarea dir="auto" {...area} rows={rows} />}
      />
    </Field>
  );
}
