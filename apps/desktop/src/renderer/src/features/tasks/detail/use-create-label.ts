import { uuidv7 } from "uuidv7";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import { useTaskVerbs } from "@/entities/tasks/sync/use-task-mutations.ts";
import { tellFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import type { Project, TaskView } from "@/sync/types.ts";

/** Makes a label of the project and puts it on the task, as one act for the person. */
export function useCreateLabel(task: TaskView, project: Project) {
  const verbs = useTaskVerbs();
  const create = trpc.labels.create.useMutation({
    onError: tellFailure("Couldn't create the label"),
  });
  return (name: string) => {
    const id = uuidv7();
    create.mutate(
      { id, projectId: project.id, name, color: nextLabelColor(project.labels.length) },
      { onSuccess: () => verbs.update(task, { labelIds: [...task.labelIds, id] }) },
    );
  };
}
