import { Field as Base } from "@base-ui/react/field";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { controlClass, Field, type FieldProps } from "./field.tsx";
import { IconButton } from "./icon-button.tsx";

type Props = FieldProps &
  Omit<ComponentProps<"input">, "className" | "onChange" | "value" | "size" | "type"> & {
    value: string;
    onValueChange: (value: string) => void;
    /** Tells password managers which of the two it is. */
    autoComplete: "current-password" | "new-password";
  };

export function PasswordField({
  label,
  hideLabel,
  hint,
  error,
  aside,
  onValueChange,
  ...input
}: Props) {
  const [isShown, setShown] = useState(false);
  return (
    <Field {...{ label, hideLabel, hint, error, aside }}>
      <div className="relative">
        <Base.Control
          {...input}
          type={isShown ? "text" : "password"}
          spellCheck={false}
          onValueChange={onValueChange}
          className={`${controlClass} h-9 pr-10 pl-3 text-14`}
        />
        <span className="absolute inset-y-0 right-1 flex items-center">
          <IconButton
            label={isShown ? "Hide password" : "Show password"}
            icon={isShown ? <EyeOff size={15} /> : <Eye size={15} />}
            onClick={() => setShown(!isShown)}
          />
        </span>
      </div>
    </Field>
  );
}
