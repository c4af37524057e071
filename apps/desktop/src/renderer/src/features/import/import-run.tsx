import { CircleCheck } from "lucide-react";
import { use } from "react";
import { ImportReport } from "@/entities/imports/import-report.tsx";
import type { TaskImportRow } from "@/entities/imports/import-row.ts";
import { useCancelImport, useImport } from "@/entities/imports/use-import.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { ImportProgress } from "./import-progress.tsx";

type Props = { id: string; project: Project; onAgain: () => void };

/** An import on its way, and its outcome for as long as anyone wants to look at it. */
export function ImportRun({ id, project, onAgain }: Props) {
  const { row, error, refetch } = useImport("tasks", id);
  if (error) {
    return (
      <ErrorNotice
        title="Couldn't load this import"
        onRetry={() => refetch()}
        command={
          <Button size="small" onClick={onAgain}>
            Start a new import
          </Button>
        }
      >
        {formatError(error)}
      </ErrorNotice>
    );
  }
  if (!row) return <Skeleton width="100%" height={64} />;
  return <Outcome row={row} project={project} onAgain={onAgain} />;
}

function Outcome({ row, project, onAgain }: { row: TaskImportRow } & Omit<Props, "id">) {
  const { id: workspaceId } = useWorkspace();
  const navigate = use(NavigateContext);
  const me = useMe();
  const cancel = useCancelImport();

  if (row.state === "failed" || row.state === "cancelled") {
    return (
      <ErrorNotice
        title={`Import ${row.state}. Nothing was imported.`}
        command={
          <Button size="small" onClick={onAgain}>
            Start over
          </Button>
        }
      >
        {row.error?.message}
      </ErrorNotice>
    );
  }
  if (row.state !== "done" || !row.report) {
    return (
      <Section
        title={`Importing into ${project.name}`}
        lead="You can leave this page. The import continues on the server, and everything appears when it's complete."
      >
        <ImportProgress
          row={row}
          onCancel={row.createdBy === me.id ? () => cancel.mutate(row.id) : undefined}
        />
        {cancel.error && (
          <ErrorNotice title="Couldn't cancel the import">{formatError(cancel.error)}</ErrorNotice>
        )}
      </Section>
    );
  }
  return (
    <Section
      title={row.mode === "dry" ? "Preview" : "Import complete"}
      lead={row.report.name ?? undefined}
      command={row.mode === "real" && <CircleCheck size={20} className="text-success-ink" />}
    >
      <ImportReport report={row.report} />
      <div className="mt-5 flex gap-2">
        <Button
          variant="primary"
          size="large"
          onClick={() => navigate?.(paths.project(workspaceId, project.key))}
        >
          Open board
        </Button>
        <Button size="large" onClick={onAgain}>
          Import more
        </Button>
      </div>
    </Section>
  );
}
