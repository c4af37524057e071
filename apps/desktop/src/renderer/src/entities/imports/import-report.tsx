import { ConflictList } from "./conflict-list.tsx";
import type { TaskImportRow } from "./import-row.ts";
import { ReportFrame } from "./report-frame.tsx";

export type Report = NonNullable<TaskImportRow["report"]>;

type Props = { report: Report };

/** What came, and row by row what was not understood. */
export function ImportReport({ report }: Props) {
  const { created, updated, unchanged, comments, statuses, problems, problemCount } = report;
  const { conflicts = [], conflictCount = 0 } = report;
  const facts = [
    ["New", created],
    ["Updated", updated],
    ["Unchanged", unchanged],
    ["Comments", comments],
  ] as const;
  return (
    <ReportFrame facts={facts} problems={problems} total={problemCount}>
      {statuses.length > 0 && (
        <p className="text-13 text-muted">
          New statuses: <span className="text-ink">{statuses.join(", ")}</span>
        </p>
      )}
      {conflictCount > 0 && <ConflictList conflicts={conflicts} total={conflictCount} />}
    </ReportFrame>
  );
}
