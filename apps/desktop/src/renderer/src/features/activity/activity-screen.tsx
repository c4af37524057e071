import { useNavigate, useParams } from "@tanstack/react-router";
import { History } from "lucide-react";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { ProjectBreadcrumbs } from "@/entities/projects/project-breadcrumbs.tsx";
import { useProject, useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { Link } from "@/ui/controls/link.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { NotFoundScreen } from "@/ui/layout/not-found-screen.tsx";
import { RowSkeleton } from "@/ui/layout/row-skeleton.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { ActivityList } from "./activity-list.tsx";
import { type ActivityPlace, useActivity } from "./use-activity.ts";

/** What happened in the workspace, or in the project or document that the address names. */
export default function ActivityScreen() {
  const { id: workspaceId } = useWorkspace();
  const { projectKey, documentId } = useParams({ strict: false });
  if (documentId)
    return <OfDocument key={documentId} workspaceId={workspaceId} documentId={documentId} />;
  if (projectKey)
    return <OfProject key={projectKey} workspaceId={workspaceId} projectKey={projectKey} />;
  return <Activity place={{ workspaceId }} />;
}

type OfProjectProps = { workspaceId: string; projectKey: string };

function OfProject({ workspaceId, projectKey }: OfProjectProps) {
  const project = useProject(projectKey);
  const navigate = useNavigate();
  if (!project) return <NotFoundScreen />;
  const breadcrumbs = <ProjectBreadcrumbs project={project} />;
  const show = (seq: number) => navigate({ to: paths.boardThen(workspaceId, projectKey, seq) });
  return (
    <Activity
      place={{ workspaceId, projectId: project.id }}
      breadcrumbs={breadcrumbs}
      {...(project.role !== "viewer" && { onShowBoard: show })}
    />
  );
}

type OfDocumentProps = { workspaceId: string; documentId: string };

function OfDocument({ workspaceId, documentId }: OfDocumentProps) {
  const title = useTree().rows.get(documentId)?.title;
  const breadcrumbs = (
    <>
      <Link
        href={paths.document(workspaceId, documentId)}
        className="min-w-0 max-w-60 truncate rounded-control px-1 py-0.5 text-13 text-muted hover:bg-hover hover:text-ink"
      >
        <span dir="auto">{title || "Untitled"}</span>
      </Link>
      <span className="text-faint">/</span>
    </>
  );
  return <Activity place={{ workspaceId, documentId }} breadcrumbs={breadcrumbs} />;
}

type Props = {
  place: ActivityPlace;
  breadcrumbs?: React.ReactNode;
  onShowBoard?: (seq: number) => void;
};

function Activity({ place, breadcrumbs, onShowBoard }: Props) {
  const activity = useActivity(place);
  const { items, isLoading, isWhole, error, retry } = activity;
  return (
    <div className="@container/main flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader
        title="Activity"
        icon={<History size={15} className="shrink-0 text-muted" />}
        breadcrumbs={breadcrumbs}
      />
      {error && items.length === 0 ? (
        <div className="p-4">
          <ErrorNotice title="Couldn't load the activity" onRetry={retry}>
            {formatError(error)}
          </ErrorNotice>
        </div>
      ) : isLoading ? (
        <RowSkeleton label="Loading activity" />
      ) : items.length === 0 && isWhole ? (
        <EmptyState icon={<History size={18} />} title="No activity yet">
          What people create, change and say here appears in this list, newest first.
        </EmptyState>
      ) : (
        <ActivityList activity={activity} {...(onShowBoard && { onShowBoard })} />
      )}
    </div>
  );
}
