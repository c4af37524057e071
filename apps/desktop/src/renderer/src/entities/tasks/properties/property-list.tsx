import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/ui/format/cx.ts";

/** A task's properties, one a line: name at the left, value (a picker's trigger) at the right. */
export function PropertyList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[96px_minmax(0,1fr)] items-center gap-y-0.5">{children}</dl>;
}

export function Property({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      {/* Beside the first of several values, not in their middle. */}
      <dt className="self-start text-12 text-muted leading-7">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

type ValueProps = Omit<ComponentProps<"button">, "className"> & {
  icon?: ReactNode;
  /** Nothing chosen yet: its text is an offer ("Set a date"), and quieter. */
  empty?: boolean;
  /** Many values take as many lines as they need. */
  wraps?: boolean;
};

/** The trigger of a property's picker: looks like text, answers like a button. */
export function PropertyValue({ icon, empty, wraps, children, ...button }: ValueProps) {
  return (
    <button
      type="button"
      {...button}
      className={cx(
        "flex min-h-7 w-full items-center gap-2 rounded-control px-2 text-left text-13 transition-colors hover:bg-hover active:bg-active disabled:pointer-events-none data-popup-open:bg-active",
        empty ? "text-faint" : "text-ink",
      )}
    >
      {icon && <span className="grid size-4 shrink-0 place-items-center">{icon}</span>}
      <span
        className={cx(
          "flex min-w-0 flex-1 items-center gap-1",
          wraps ? "flex-wrap py-1" : "truncate",
        )}
      >
        {children}
      </span>
    </button>
  );
}
