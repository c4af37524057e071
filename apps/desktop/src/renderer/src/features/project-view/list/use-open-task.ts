import { useNavigate } from "@tanstack/react-router";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { paths } from "@/lib/paths.ts";

/** Opens a task beside the view; the one that is open there already, as a page. */
export function useOpenTask() {
  const { peek, setPeek } = useView();
  const navigate = useNavigate();
  return (task: TaskView) => {
    const key = task.number > 0 ? task.key : task.id;
    if (peek !== key) return setPeek(key);
    navigate({ to: paths.task(task.workspaceId, key) });
  };
}
