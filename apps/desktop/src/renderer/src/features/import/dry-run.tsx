import { errorWords } from "@/sync/error-words.ts";
import type { ImportRow, Project } from "@/sync/shapes.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { ErrorNotice } from "@/ui/error-notice.tsx";
import { Section } from "@/ui/section.tsx";
import { countWords } from "./byte-words.ts";
import { ImportProgress } from "./import-progress.tsx";
import { ImportReport } from "./import-report.tsx";
import type { ImportPlanInput } from "./use-preview.ts";

type Props = {
  id: string;
  project: Project;
  input: ImportPlanInput;
  onStarted: (row: ImportRow) => void;
};

/** Preview, found out by doing everything but the writing. */
export function DryRun({ id, project, input, onStarted }: Props) {
  const { data: row, error, refetch } = trpc.imports.get.useQuery({ id });
  const start = trpc.imports.start.useMutation({ onSuccess: onStarted });

  if (error) {
    return (
      <Section title="Preview">
        <ErrorNotice title="Couldn't load the preview" onRetry={() => refetch()}>
          {errorWords(error)}
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

  const { created, updated } = row.report;
  const changes = created + updated;
  return (
    <Section title="Preview" lead="Nothing has been imported yet.">
      <ImportReport report={row.report} />
      {start.error && (
        <div className="mt-4">
          <ErrorNotice title="Couldn't start the import">{errorWords(start.error)}</ErrorNotice>
        </div>
      )}
      <div className="mt-5 flex items-center gap-3">
        <Button
          variant="primary"
          size="large"
          busy={start.isPending}
          disabled={changes === 0}
          onClick={() => start.mutate({ projectId: project.id, ...input })}
        >
          Import {countWords(changes, "task")} into {project.name}
        </Button>
        {changes === 0 && (
          <span className="text-13 text-muted">There's nothing new to import.</span>
        )}
      </div>
    </Section>
  );
}
