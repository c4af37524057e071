import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useLookAt } from "@/entities/presence/use-presence.ts";
import { PropertyPicker } from "@/entities/tasks/commands/property-picker.tsx";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { useProject } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { FilterBar } from "@/features/project-view/filters/filter-bar.tsx";
import { isFiltering, noFilter } from "@/features/project-view/query/task-filter.ts";
import type { BoardView } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { NotFoundScreen } from "@/ui/layout/not-found-screen.tsx";
import { EmptyProject, NothingFits } from "./empty-views.tsx";
import { ProjectHeader } from "./project-header.tsx";
import { useProjectView } from "./use-project-view.ts";
import { ViewContext } from "./view/view-context.ts";
import { ViewSkeleton } from "./view-skeleton.tsx";

type Props = { view: BoardView; slots: TaskSlots; children: ReactNode };

/** What the board and the list have in common: header, filters, the open task, what is empty. */
export function ProjectView(props: Props) {
  const { projectKey = "" } = useParams({ strict: false });
  const project = useProject(projectKey);
  if (!project) return <NotFoundScreen />;
  return <OpenProject key={project.id} project={project} {...props} />;
}

function OpenProject({ project, view, slots, children }: Props & { project: Project }) {
  const { value, picking, closePicker, dialog, loading } = useProjectView(project);
  const { TaskPeek, CreateTaskDialog } = slots;
  const [isBarOpen, setBarOpen] = useState(false);
  useLookAt({ projectId: project.id });
  const { search, change, peek, setPeek, shown, tasks, total } = value;
  const isFiltered = isFiltering(search);

  return (
    <ViewContext value={value}>
      <div className="flex min-h-0 min-w-0 flex-1">
        <div className="@container/main flex min-w-0 flex-1 flex-col">
          <ProjectHeader
            view={view}
            isBarOpen={isBarOpen || isFiltered}
            onToggleBar={() => {
              if (isFiltered) change(noFilter);
              setBarOpen(!(isBarOpen || isFiltered));
            }}
          />
          {(isBarOpen || isFiltered) && <FilterBar autoFocus={isBarOpen} />}
          {loading.error && loading.isLoading ? (
            <div className="p-4">
              <ErrorNotice title="Couldn't load tasks" onRetry={loading.retry}>
                {formatError(loading.error)}
              </ErrorNotice>
            </div>
          ) : loading.isLoading ? (
            <ViewSkeleton view={view} />
          ) : total === 0 ? (
            <EmptyProject view={view}>{children}</EmptyProject>
          ) : shown.length === 0 && isFiltered ? (
            <NothingFits onClear={() => change(noFilter)} />
          ) : (
            children
          )}
        </div>
        {peek && <TaskPeek key={peek} taskKey={peek} onClose={() => setPeek(null)} />}
      </div>
      {picking && (
        <PropertyPicker
          picking={picking}
          tasks={picking.taskIds.flatMap((id) => tasks.get(id) ?? [])}
          project={project}
          onClose={closePicker}
        />
      )}
      <CreateTaskDialog {...dialog} />
    </ViewContext>
  );
}
