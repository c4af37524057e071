import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { Checkbox } from "@/ui/controls/checkbox.tsx";

/** A task as a thing to tick: it goes to the first status of being done, or of being begun. */
export function TaskDone({
  task,
  project,
  readOnly,
}: {
  task: TaskView;
  project: Project;
  readOnly: boolean;
}) {
  const mutations = useTaskMutations();
  function set(isDone: boolean) {
    const wanted = isDone ? ["completed"] : ["unstarted", "started", "backlog"];
    const status = wanted
      .map((category) => project.statuses.find((each) => each.category === category))
      .find(Boolean);
    if (status) mutations.update(task, { statusId: status.id });
  }
  const category = project.statuses.find(({ id }) => id === task.statusId)?.category;
  return (
    <Checkbox
      label={`Mark as done: ${task.title}`}
      checked={category === "completed"}
      disabled={readOnly}
      onCheckedChange={set}
    />
  );
}
