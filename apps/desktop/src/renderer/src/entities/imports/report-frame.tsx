import type { ComponentProps, ReactNode } from "react";
import { formatNumber } from "@/lib/locale.ts";
import { ProblemList } from "./problem-list.tsx";

type Props = ComponentProps<typeof ProblemList> & {
  facts: readonly (readonly [label: string, count: number])[];
  /** Between what came and what was not understood. */
  children?: ReactNode;
};

/** What an import brought, and what was not understood. */
export function ReportFrame({ facts, problems, total, children }: Props) {
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-2 overflow-hidden rounded-panel border sm:grid-cols-4 sm:divide-x">
        {facts.map(([label, count]) => (
          <div key={label} className="flex flex-col-reverse px-4 py-3">
            <dt className="text-12 text-muted">{label}</dt>
            <dd className="font-semibold text-20 tabular-nums">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      {children}
      {total > 0 ? (
        <ProblemList problems={problems} total={total} />
      ) : (
        <p className="text-13 text-muted">No problems found.</p>
      )}
    </div>
  );
}
