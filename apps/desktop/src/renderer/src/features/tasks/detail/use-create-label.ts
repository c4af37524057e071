import { uuidv7 } from "uuidv7";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";

/** Makes a label of the project and puts it on the task, as one act for the person. */
export function useCreateLabel(task: TaskView, project: Project) {
  const mutations = useTaskMutations();
  const create = trpc.labels.create.useMutation({
    onError: reportFailure("Couldn't create the label"),
  });
  return (name: string) => {
    const id = uuidv7();
    create.mutate(
      { id, projectId: project.id, name, color: nextLabelColor(project.labels.length) },
      { onSuccess: () => mutations.update(task, { labelIds: [...task.labelIds, id] }) },
    );
  };
}
