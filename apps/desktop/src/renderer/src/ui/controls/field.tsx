import { Field as Base } from "@base-ui/react/field";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type FieldProps = {
  label: string;
  /** Keeps the label for screen readers only, where the place says what it is. */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: string | null;
  /** At the right of the label: "Optional", or a link such as "Forgotten?" */
  aside?: ReactNode;
};

/** The common border, height and states of everything one types into. */
export const controlClass =
  "w-full rounded-control border border-line-strong bg-surface text-ink shadow-card transition-[border-color] hover:border-faint/70 focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 focus-visible:outline-focus data-invalid:border-danger-ink disabled:pointer-events-none disabled:opacity-50";

/** Label, control, hint and error, tied together for screen readers. */
export function Field({
  label,
  hideLabel,
  hint,
  error,
  aside,
  children,
}: FieldProps & { children: ReactNode }) {
  return (
    <Base.Root invalid={Boolean(error)} className="flex flex-col gap-1.5">
      <div className={hideLabel ? "sr-only" : "flex items-baseline justify-between gap-2"}>
        <Base.Label className="font-medium text-13 text-ink">{label}</Base.Label>
        {aside && <span className="text-12 text-muted">{aside}</span>}
      </div>
      {children}
      {error ? (
        <Base.Error match className="flex items-start gap-1.5 text-12 text-danger-ink">
          <CircleAlert size={13} className="mt-[1.5px] shrink-0" aria-hidden="true" />
          {error}
        </Base.Error>
      ) : (
        hint && <Base.Description className="text-12 text-muted">{hint}</Base.Description>
      )}
    </Base.Root>
  );
}
