import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { AlsoAtTask } from "@/entities/presence/also-here.tsx";
import { useLookAt } from "@/entities/presence/use-presence.ts";
import { ProjectBreadcrumbs } from "@/entities/projects/project-breadcrumbs.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTask } from "@/entities/tasks/sync/use-tasks.ts";
import { useProject, useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { ScrollArea } from "@/ui/layout/scroll-area.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { TaskDetail } from "./detail/task-detail.tsx";
import { TaskCommands } from "./task-commands.tsx";
import { TaskGone } from "./task-gone.tsx";
import { TaskKey } from "./task-key.tsx";
import { TaskSkeleton } from "./task-skeleton.tsx";
import { TaskUnread } from "./task-unread.tsx";
import { useTaskId } from "./use-task-id.ts";

/** One task as a whole page, at an address that can be sent to somebody. */
export function TaskScreen() {
  const { taskKey = "" } = useParams({ strict: false });
  const found = useTaskId(taskKey);
  if (found.state === "found") return <OpenTask key={found.id} id={found.id} />;
  return (
    <>
      <ScreenHeader title={taskKey} />
      {found.state === "gone" && <Gone />}
      {found.state === "failed" && <TaskUnread onRetry={found.retry} />}
      {found.state === "looking" && <TaskSkeleton />}
    </>
  );
}

function Gone() {
  const navigate = useNavigate();
  const { id } = useWorkspace();
  return <TaskGone onBack={() => navigate({ to: paths.myWork(id) })} backTo="Go to My work" />;
}

function OpenTask({ id }: { id: string }) {
  const { task, isGone, error, retry } = useTask(id);
  const project = useProject(task?.projectId ?? "");
  const leave = useLeave(project);
  useShortcut({ keys: "escape", label: "Go back", group: "Task" }, leave);
  useKeyInAddress(task);
  useLookAt({ taskId: id });

  if (!task || !project || isGone) {
    const isInvisible = isGone || (task !== undefined && !project);
    return (
      <>
        <ScreenHeader title="Task" />
        {isInvisible ? <Gone /> : error ? <TaskUnread onRetry={retry} /> : <TaskSkeleton />}
      </>
    );
  }
  return (
    <>
      <ScreenHeader
        title={task.number ? task.key : "New task"}
        breadcrumbs={<ProjectBreadcrumbs project={project} />}
        others={<AlsoAtTask taskId={id} />}
        commands={<TaskCommands task={task} project={project} onLeave={leave} />}
      >
        <TaskKey task={task} project={project} hideKey />
      </ScreenHeader>
      <ScrollArea name={`task ${id}`}>
        <TaskDetail task={task} project={project} layout="page" />
      </ScrollArea>
    </>
  );
}

/** A task that was opened before it had a key gets its proper address when it has one. */
function useKeyInAddress(task: TaskView | undefined) {
  const { taskKey } = useParams({ strict: false });
  const navigate = useNavigate();
  const isById = task !== undefined && task.number > 0 && taskKey === task.id;
  const to = task && paths.task(task.workspaceId, task.key);
  useEffect(() => {
    if (isById) navigate({ to, replace: true });
  }, [isById, to, navigate]);
}

/** Back to where one came from; from a link that was opened directly, to the project's board. */
function useLeave(project: Project | undefined) {
  const navigate = useNavigate();
  const router = useRouter();
  const { id } = useWorkspace();
  return () => {
    if (router.history.canGoBack()) router.history.back();
    else navigate({ to: project ? paths.project(id, project.key) : paths.myWork(id) });
  };
}
