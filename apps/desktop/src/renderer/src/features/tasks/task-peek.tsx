import { useNavigate } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { AlsoAtTask } from "@/entities/presence/also-here.tsx";
import { useLookAt } from "@/entities/presence/use-presence.ts";
import { useTask } from "@/entities/tasks/sync/use-tasks.ts";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { useProject, useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { PeekPanel } from "@/ui/dialogs/peek-panel.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { TaskDetail } from "./detail/task-detail.tsx";
import { TaskCommands } from "./task-commands.tsx";
import { TaskGone } from "./task-gone.tsx";
import { TaskKey } from "./task-key.tsx";
import { TaskSkeleton } from "./task-skeleton.tsx";
import { TaskUnread } from "./task-unread.tsx";
import { usePeekWidth } from "./use-peek-width.ts";
import { useTaskId } from "./use-task-id.ts";

type Props = ComponentProps<TaskSlots["TaskPeek"]>;

/** The task beside the board, the list or My work. */
export function TaskPeek({ taskKey, onClose }: Props) {
  const found = useTaskId(taskKey);
  const { width, setWidth } = usePeekWidth();
  const panel = { label: `Task ${taskKey}`, width, onWidthChange: setWidth, onClose };
  useShortcut({ keys: "escape", label: "Close task", group: "Task" }, onClose);

  if (found.state === "found") return <OpenPeek key={found.id} id={found.id} panel={panel} />;
  return (
    <PeekPanel {...panel} heading={taskKey}>
      {found.state === "gone" && <TaskGone onBack={onClose} backTo="Close" />}
      {found.state === "failed" && <TaskUnread onRetry={found.retry} />}
      {found.state === "looking" && <TaskSkeleton />}
    </PeekPanel>
  );
}

type Panel = Pick<Parameters<typeof PeekPanel>[0], "label" | "width" | "onWidthChange" | "onClose">;

function OpenPeek({ id, panel }: { id: string; panel: Panel }) {
  const { task, isGone, error, retry } = useTask(id);
  const project = useProject(task?.projectId ?? "");
  const { id: workspaceId } = useWorkspace();
  const navigate = useNavigate();
  useLookAt({ taskId: id });
  const isOpen = task !== undefined && project !== undefined && !isGone;
  const openWhole = () => navigate({ to: paths.task(workspaceId, task?.number ? task.key : id) });
  useShortcut(
    { keys: isOpen ? "enter" : null, label: "Open task as a page", group: "Task" },
    openWhole,
  );

  if (!isOpen) {
    return (
      <PeekPanel {...panel}>
        {isGone || (task && !project) ? (
          <TaskGone onBack={panel.onClose} backTo="Close" />
        ) : error ? (
          <TaskUnread onRetry={retry} />
        ) : (
          <TaskSkeleton />
        )}
      </PeekPanel>
    );
  }
  return (
    <PeekPanel
      {...panel}
      label={`${task.key} ${task.title}`}
      onOpenWhole={openWhole}
      heading={<TaskKey task={task} project={project} />}
      commands={
        <>
          <AlsoAtTask taskId={id} />
          <TaskCommands task={task} project={project} onLeave={panel.onClose} />
        </>
      }
    >
      <TaskDetail task={task} project={project} layout="peek" />
    </PeekPanel>
  );
}
