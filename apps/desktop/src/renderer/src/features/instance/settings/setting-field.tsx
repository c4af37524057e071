import { type FormEvent, useState } from "react";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { FixedSetting } from "./fixed-setting.tsx";

type Props = {
  label: string;
  hint: string;
  variable: string | undefined;
  /** As it is saved. */
  value: string;
  onSave: (text: string) => void;
  type?: "number";
  min?: number;
  required?: boolean;
  placeholder?: string | undefined;
};

/** Typed, and then saved by its button or Enter. */
export function SettingField({ value, ...props }: Props) {
  // What is saved elsewhere replaces what was typed here.
  return <Typed key={value} value={value} {...props} />;
}

function Typed({ label, hint, variable, value, onSave, ...input }: Props) {
  const [text, setText] = useState(value);
  const isNew = text.trim() !== value;
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isNew) onSave(text);
      }}
    >
      <div className="min-w-40 flex-1">
        <TextField
          label={label}
          hint={
            <>
              {hint}
              {variable && <FixedSetting variable={variable} />}
            </>
          }
          autoComplete="off"
          readOnly={variable !== undefined}
          value={text}
          onValueChange={setText}
          {...input}
        />
      </div>
      {!variable && (
        <span className="pt-[25px] [&>button]:h-8">
          <Button type="submit" disabled={!isNew} aria-label={`Save ${label.toLowerCase()}`}>
            Save
          </Button>
        </span>
      )}
    </form>
  );
}
