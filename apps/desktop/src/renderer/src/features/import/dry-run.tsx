import { ConflictList } from "@/entities/imports/conflict-list.tsx";
import { useConflictPlan } from "@/entities/imports/conflict-plan.ts";
import { ImportReport } from "@/entities/imports/import-report.tsx";
import type { TaskImportRow } from "@/entities/imports/import-row.ts";
import { useImport } from "@/entities/imports/use-import.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { SameSource } from "./same-source.tsx";
import type { ImportPlanInput } from "./use-preview.ts";

type Props = {
  id: string;
  project: Project;
  input: ImportPlanInput;
  onStarted: (row: TaskImportRow) => void;
  /** Tried again, with an answer. */
  onTried: (row: TaskImportRow, input: ImportPlanInput) => void;
};

/** Preview, found out by doing everything but the writing. */
export function DryRun({ id, project, input, onStarted, onTried }: Props) {
  const { row, error, refetch } = useImport("tasks", id);
  const start = trpc.imports.start.useMutation({ onSuccess: onStarted });
  const plan = useConflictPlan(id);
  const ask = trpc.imports.start.useMutation({
    onSuccess: (tried, { sameSource }) => onTried(tried, { ...input, sameSource }),
  });

  if (error) {
    return (
      <Section title="Preview">
        <ErrorNotice title="Couldn't load the preview" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      </Section>
    );
  }
  if (row?.state !== "done" || !row.report) {
    return (
      <Section title="Preview">
        {row?.state === "failed" ? (
          <ErrorNotice title="Can't import these files">{row.error?.message}</ErrorNotice>
        ) : (
          <ImportProgress row={row} />
        )}
      </Section>
    );
  }

  const { created, updated, conflicts = [], conflictCount = 0, otherSource } = row.report;
  const changes = created + updated;
  const isAsked = otherSource?.answer === null;
  const hasWork = changes > 0 || plan.takesSome;
  return (
    <Section title="Preview" lead="Nothing has been imported yet.">
      <div className="grid gap-4">
        {otherSource && (
          <SameSource
            other={otherSource}
            busy={ask.isPending}
            onAnswer={(sameSource) =>
              ask.mutate({ projectId: project.id, ...input, sameSource, dryRun: true })
            }
          />
        )}
        {conflictCount > 0 && (
          <ConflictList conflicts={conflicts} total={conflictCount} plan={plan} />
        )}
        <ImportReport report={{ ...row.report, conflictCount: 0 }} />
      </div>
      {ask.error && (
        <div className="mt-4">
          <ErrorNotice title="Couldn't update the preview">{formatError(ask.error)}</ErrorNotice>
        </div>
      )}
      {start.error && (
        <div className="mt-4">
          <ErrorNotice title="Couldn't start the import">{formatError(start.error)}</ErrorNotice>
        </div>
      )}
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          size="large"
          busy={start.isPending}
          disabled={!hasWork || isAsked}
          onClick={() =>
            start.mutate({
              projectId: project.id,
              ...input,
              ...(conflictCount > 0 && { conflicts: plan.input }),
            })
          }
        >
          {changes > 0
            ? `Import ${formatCount(changes, "task")} into ${project.name}`
            : `Import into ${project.name}`}
        </Button>
        {isAsked ? (
          <span className="text-13 text-muted">Answer the question above first.</span>
        ) : (
          !hasWork && <span className="text-13 text-muted">There's nothing new to import.</span>
        )}
      </div>
    </Section>
  );
}
