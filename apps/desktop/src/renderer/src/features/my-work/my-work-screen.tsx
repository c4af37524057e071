import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleUserRound } from "lucide-react";
import { useMemo } from "react";
import { idsOfPerson } from "@/entities/groups/assignees.ts";
import { useGroups as useAllGroups } from "@/entities/groups/use-groups.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useFollowedTasks, useMyTasks } from "@/entities/tasks/sync/use-tasks.ts";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { useToday } from "@/ui/format/use-today.ts";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { RowSkeleton } from "@/ui/layout/row-skeleton.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { DraftList } from "./draft-list.tsx";
import { groupByDue, groupNames, pressing } from "./due-groups.ts";
import { MyTaskList, type TaskGroup } from "./my-task-list.tsx";

const views = ["assigned", "due", "followed", "drafts"] as const;
type WorkView = (typeof views)[number];
const labels: Record<WorkView, string> = {
  assigned: "Assigned",
  due: "Due",
  followed: "Followed",
  drafts: "Drafts",
};
const segments = views.map((value) => ({ value, label: labels[value] }));

/** What is mine to do, what presses of it, what I follow, and what I have not sent. */
export function MyWorkScreen({ TaskPeek }: Pick<TaskSlots, "TaskPeek">) {
  const { view, setView, peek, setPeek } = useAddress();
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <div className="@container/main flex min-w-0 flex-1 flex-col">
        <ScreenHeader title="My work" icon={<CircleUserRound size={15} className="text-muted" />}>
          <SegmentedControl
            label="My work"
            value={view}
            segments={segments}
            onValueChange={setView}
          />
        </ScreenHeader>
        {view === "drafts" ? (
          <DraftList />
        ) : (
          <Tasks key={view} view={view} peek={peek} setPeek={setPeek} />
        )}
      </div>
      {peek && <TaskPeek key={peek} taskKey={peek} onClose={() => setPeek(null)} />}
    </div>
  );
}

type TasksProps = {
  view: Exclude<WorkView, "drafts">;
  peek: string | null;
  setPeek: (peek: string | null) => void;
};

function Tasks({ view, peek, setPeek }: TasksProps) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const mine = useMyTasks(workspace.id);
  const followed = useFollowedTasks(workspace.id, view === "followed");
  const { tasks, isLoading, error, retry } = view === "followed" ? followed : mine;
  const projects = useMemo(
    () => new Map(workspace.projects.map((project) => [project.id, project])),
    [workspace.projects],
  );
  const groups = useGroups(view, tasks, projects);
  const addressOf = (task: TaskView) => (task.number ? task.key : task.id);
  const openId = tasks.find((task) => task.key === peek || task.id === peek)?.id ?? null;
  if (error && tasks.length === 0) {
    return (
      <div className="p-4">
        <ErrorNotice title="Couldn't load your tasks" onRetry={retry}>
          {formatError(error)}
        </ErrorNotice>
      </div>
    );
  }
  if (isLoading) return <RowSkeleton label="Loading your tasks" />;
  if (groups.length === 0) return <Nothing view={view} />;
  return (
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
  );
}

function useGroups(
  view: TasksProps["view"],
  tasks: readonly TaskView[],
  projects: ReadonlyMap<string, Project>,
): TaskGroup[] {
  const { id: myId } = useMe();
  const today = useToday();
  const myGroups = useAllGroups();
  return useMemo(() => {
    const mine = idsOfPerson(myGroups, myId);
    if (view === "followed") {
      const open = tasks
        .filter((task) => !isFinished(task, projects) && !task.archivedAt)
        .filter(({ assigneeIds }) => !assigneeIds.some((id) => mine.includes(id)))
        .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
      return open.length > 0 ? [{ name: "Last changed first", tasks: open }] : [];
    }
    return groupByDue(tasks, (task) => isFinished(task, projects), today)
      .filter(({ name }) => view === "assigned" || pressing.includes(name))
      .map(({ name, tasks: some }) => ({
        ...{ name: groupNames[name], isUrgent: name === "overdue", tasks: some },
      }));
  }, [view, tasks, projects, today, myId, myGroups]);
}

function isFinished(task: TaskView, projects: ReadonlyMap<string, Project>): boolean {
  const statuses = projects.get(task.projectId)?.statuses ?? [];
  const category = statuses.find(({ id }) => id === task.statusId)?.category;
  return category === "completed" || category === "cancelled";
}

const nothing: Record<Exclude<TasksProps["view"], "assigned">, { title: string; text: string }> = {
  due: {
    title: "Nothing is due this week",
    text: "Your tasks appear here when they're overdue, or due by the end of the week.",
  },
  followed: {
    title: "You don't follow any other tasks",
    text: "Tasks that you create, comment on or are mentioned in appear here, and those that you choose to follow.",
  },
};

function Nothing({ view }: Pick<TasksProps, "view">) {
  const { id: workspaceId, projects } = useWorkspace();
  const navigate = useNavigate();
  const icon = <CircleUserRound size={18} />;
  if (view !== "assigned") {
    return (
      <EmptyState icon={icon} title={nothing[view].title}>
        {nothing[view].text}
      </EmptyState>
    );
  }
  const project = projects.find(({ archivedAt }) => !archivedAt);
  return (
    <EmptyState
      icon={icon}
      title="You have no assigned tasks"
      command={
        project && (
          <Button onClick={() => navigate({ to: paths.project(workspaceId, project.key) })}>
            Go to {project.name}
          </Button>
        )
      }
    >
      Tasks assigned to you or to a group of yours in any project appear here, most urgent first.
      {project && project.role !== "viewer" && " Press A on a task to assign it."}
    </EmptyState>
  );
}

/** Which list it is, and the task beside it, as the address says. */
function useAddress() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const peek = typeof search.peek === "string" && search.peek ? search.peek : null;
  const view = views.find((each) => each === search.show) ?? "assigned";
  const shown = view === "assigned" ? {} : { show: view };
  return {
    view,
    peek,
    setView(next: WorkView) {
      const search = (next === "assigned" ? {} : { show: next }) as never;
      navigate({ to: ".", search, replace: true });
    },
    setPeek(next: string | null) {
      const search = { ...shown, ...(next && { peek: next }) } as never;
      // Back closes the panel; it does not walk through every task that was looked at.
      navigate({ to: ".", search, replace: peek !== null && next !== null });
    },
  };
}
