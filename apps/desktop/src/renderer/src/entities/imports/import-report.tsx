import { formatNumber } from "@/lib/locale.ts";
import { ConflictList } from "./conflict-list.tsx";
import type { TaskImportRow } from "./import-row.ts";
import { ProblemList } from "./problem-list.tsx";

export type Report = NonNullable<TaskImportRow["report"]>;

type Props = { report: Report };

/** What came, and row by row what was not understood. */
export function ImportReport({ report }: Props) {
  const { created, updated, unchanged, comments, statuses, problemCount } = report;
  const { conflicts = [], conflictCount = 0 } = report;
  const facts: [string, number][] = [
    ["New", created],
    ["Updated", updated],
    ["Unchanged", unchanged],
    ["Comments", comments],
  ];
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
      {statuses.length > 0 && (
        <p className="text-13 text-muted">
          New statuses: <span className="text-ink">{statuses.join(", ")}</span>
        </p>
      )}
      {conflictCount > 0 && <ConflictList conflicts={conflicts} total={conflictCount} />}
      {problemCount > 0 ? (
        <ProblemList problems={report.problems} total={problemCount} />
      ) : (
        <p className="text-13 text-muted">No problems found.</p>
      )}
    </div>
  );
}
