import { type ReactNode, useId } from "react";

type Props = {
  title: string;
  /** What it is for, in a sentence. */
  lead?: ReactNode;
  /** At the right of the title. */
  command?: ReactNode;
  children?: ReactNode;
};

/** A part of a settings screen. */
export function Section({ title, lead, command, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-b py-6 first:pt-2 last:border-b-0">
      <div className="mb-3 flex items-start justify-between gap-4">
        <div>
          <h2 id={id} className="font-semibold text-14">
            {title}
          </h2>
          {lead && <p className="mt-0.5 text-13 text-muted">{lead}</p>}
        </div>
        {command}
      </div>
      {children}
    </section>
  );
}

/** A list of things with a border around them, one line each. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y rounded-panel border bg-surface">
      {children}
    </ul>
  );
}
