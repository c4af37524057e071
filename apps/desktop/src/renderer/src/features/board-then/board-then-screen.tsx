import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useState } from "react";
import { ProjectBreadcrumbs } from "@/entities/projects/project-breadcrumbs.tsx";
import { useProject } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatDate } from "@/lib/locale.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { refusalOf } from "@/sync/server/refusal.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Spinner } from "@/ui/icons/spinner.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { NotFoundScreen } from "@/ui/layout/not-found-screen.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { BoardThen } from "./board-then.tsx";
import { fieldValue, readMoment } from "./moment.ts";
import { type Moment, useBoardAt } from "./use-board-at.ts";

/** The board as it was at a moment, to be looked at only. */
export default function BoardThenScreen() {
  const { projectKey = "" } = useParams({ strict: false });
  const project = useProject(projectKey);
  // As a project that one may not see: who may not look back is told nothing of what was.
  if (!project || project.role === "viewer") return <NotFoundScreen />;
  return <OfProject key={project.id} project={project} />;
}

function OfProject({ project }: { project: Project }) {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const [opened] = useState(() => new Date());
  const moment = readMoment(search.at, opened);
  const { board, error, retry } = useBoardAt(project.id, moment);
  return (
    <div className="@container/main flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader
        title="Board as of"
        icon={<History size={15} className="shrink-0 text-muted" />}
        breadcrumbs={<ProjectBreadcrumbs project={project} />}
      />
      <MomentBar project={project} moment={moment} at={board?.at ?? timeOf(moment)} />
      {refusalOf(error)?.reason === "before_feed" ? (
        <EmptyState icon={<History size={18} />} title="That's too long ago">
          Statuses and labels from before then are no longer stored, so the board can't be shown as
          it was. Choose a later time.
        </EmptyState>
      ) : error && !board ? (
        <div className="p-4">
          <ErrorNotice title="Couldn't load the board" onRetry={retry}>
            {formatError(error)}
          </ErrorNotice>
        </div>
      ) : !board ? (
        <div className="grid flex-1 place-items-center">
          <Spinner />
        </div>
      ) : board.project ? (
        <BoardThen board={board} workspaceId={project.workspaceId} />
      ) : (
        <EmptyState icon={<History size={18} />} title={`${project.name} didn't exist yet`}>
          It was created on{" "}
          {formatDate(project.createdAt, { dateStyle: "long", timeStyle: "short" })}.
        </EmptyState>
      )}
    </div>
  );
}

const timeOf = (moment: Moment) => ("at" in moment ? moment.at : null);

type BarProps = { project: Project; moment: Moment; at: Date | null };

/** "As of 12 March, 14:05 · back to now" */
function MomentBar({ project, at }: BarProps) {
  const navigate = useNavigate();
  const words = at && formatDate(at, { day: "numeric", month: "long", year: yearOf(at) });
  const time = at && formatDate(at, { timeStyle: "short" });
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b bg-accent-soft px-4 py-2 text-13">
      <p role="status" className="min-w-0 font-medium">
        {at ? `As of ${words}, ${time}` : "As of…"}
      </p>
      <span className="w-52">
        <TextField
          label="Show the board as of"
          hideLabel
          type="datetime-local"
          max={fieldValue(new Date())}
          value={at ? fieldValue(at) : ""}
          onValueChange={(value) => {
            const next = new Date(value);
            if (Number.isNaN(next.getTime())) return;
            navigate({ to: ".", search: { at: next.toISOString() } as never, replace: true });
          }}
        />
      </span>
      <span className="ml-auto">
        <Button
          size="small"
          onClick={() => navigate({ to: paths.project(project.workspaceId, project.key) })}
        >
          Back to now
        </Button>
      </span>
    </div>
  );
}

const yearOf = (at: Date) =>
  at.getFullYear() === new Date().getFullYear() ? undefined : ("numeric" as const);
