import { type KeyboardEvent, useId, useState } from "react";
import { platform } from "@/platform/platform.ts";
import { acceleratorOf, acceleratorWords } from "./accelerator.ts";

type Props = {
  label: string;
  /** As Electron writes it. */
  value: string;
  /** Why it does nothing. */
  problem: string | null;
  onChange: (accelerator: string) => void;
};

/** Takes the keys that are pressed in it. Tab leaves it, and Escape leaves it as it was. */
export function KeyField({ label, value, problem, onChange }: Props) {
  const id = useId();
  const [isListening, setListening] = useState(false);
  function take(event: KeyboardEvent) {
    if (event.key === "Tab") return;
    event.preventDefault();
    if (event.key === "Escape") return setListening(false);
    const accelerator = acceleratorOf(event.nativeEvent, platform.os);
    if (!accelerator) return setListening(true);
    setListening(false);
    onChange(accelerator);
  }
  return (
    <div className="grid max-w-[360px] gap-1.5">
      <label htmlFor={id} className="font-medium text-13">
        {label}
      </label>
      <input
        id={id}
        readOnly
        value={isListening ? "Press the keys…" : acceleratorWords(value, platform.os)}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint`}
        onKeyDown={take}
        onFocus={() => setListening(true)}
        onBlur={() => setListening(false)}
        className="h-8 rounded-control border border-line-strong bg-surface px-2.5 text-13 shadow-card"
      />
      <p
        id={`${id}-hint`}
        role={problem ? "alert" : undefined}
        className={problem ? "text-12 text-danger-ink" : "text-12 text-muted"}
      >
        {problem ?? "Click the field, then press the keys you want."}
      </p>
    </div>
  );
}
