import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleUserRound } from "lucide-react";
import { useMemo } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useMyTasks } from "@/entities/tasks/sync/use-tasks.ts";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { useToday } from "@/ui/format/use-today.ts";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { RowSkeleton } from "@/ui/layout/row-skeleton.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { groupByDue } from "./due-groups.ts";
import { MyTaskList } from "./my-task-list.tsx";

/** What is assigned to me, over all projects, in the order in which it presses. */
export function MyWorkScreen({ TaskPeek }: Pick<TaskSlots, "TaskPeek">) {
  const workspace = useWorkspace();
  const { tasks, isLoading, error, retry } = useMyTasks(workspace.id);
  const { peek, setPeek } = usePeek();
  const navigate = useNavigate();
  const today = useToday();
  const projects = useMemo(
    () => new Map(workspace.projects.map((project) => [project.id, project])),
    [workspace.projects],
  );
  const groups = useMemo(
    () => groupByDue(tasks, (task) => isFinished(task, projects), today),
    [tasks, projects, today],
  );
  const addressOf = (task: TaskView) => (task.number ? task.key : task.id);
  const openId = tasks.find((task) => task.key === peek || task.id === peek)?.id ?? null;
  const firstProject = workspace.projects.find(({ archivedAt }) => !archivedAt);

  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="@container/main flex min-w-0 flex-1 flex-col">
        <ScreenHeader title="My work" icon={<CircleUserRound size={15} className="text-muted" />} />
        {error && tasks.length === 0 ? (
          <div className="p-4">
            <ErrorNotice title="Couldn't load your tasks" onRetry={retry}>
              {formatError(error)}
            </ErrorNotice>
          </div>
        ) : isLoading ? (
          <RowSkeleton label="Loading your tasks" />
        ) : groups.length === 0 ? (
          <Nothing workspaceId={workspace.id} project={firstProject} />
        ) : (
          <MyTaskList
            groups={groups}
            projects={projects}
            openId={openId}
            onOpen={(task, again) =>
              again
                ? navigate({ to: paths.task(workspace.id, addressOf(task)) })
                : setPeek(addressOf(task))
            }
          />
        )}
      </div>
      {peek && <TaskPeek key={peek} taskKey={peek} onClose={() => setPeek(null)} />}
    </div>
  );
}

function isFinished(task: TaskView, projects: ReadonlyMap<string, Project>): boolean {
  const statuses = projects.get(task.projectId)?.statuses ?? [];
  const category = statuses.find(({ id }) => id === task.statusId)?.category;
  return category === "completed" || category === "cancelled";
}

function Nothing({ workspaceId, project }: { workspaceId: string; project: Project | undefined }) {
  const navigate = useNavigate();
  return (
    <EmptyState
      icon={<CircleUserRound size={18} />}
      title="You have no assigned tasks"
      command={
        project && (
          <Button onClick={() => navigate({ to: paths.project(workspaceId, project.key) })}>
            Go to {project.name}
          </Button>
        )
      }
    >
      Tasks assigned to you in any project appear here, most urgent first.
      {project && project.role !== "viewer" && " Press A on a task to assign it."}
    </EmptyState>
  );
}

/** The task beside the list, as the address says. */
function usePeek() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const peek = typeof search.peek === "string" && search.peek ? search.peek : null;
  return {
    peek,
    setPeek(next: string | null) {
      const search = (next ? { peek: next } : {}) as never;
      // Back closes the panel; it does not walk through every task that was looked at.
      navigate({ to: ".", search, replace: peek !== null && next !== null });
    },
  };
}
