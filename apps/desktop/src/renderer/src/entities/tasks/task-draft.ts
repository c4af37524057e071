import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";

/** A task that is being written and has no id yet. */
export type TaskDraft = Pick<
  TaskView,
  "projectId" | "title" | "statusId" | "priority" | "assigneeIds" | "labelIds" | "dueDate"
> & { description: string };

export type TaskDefaults = Partial<Omit<TaskDraft, "title" | "description">>;

export function blankDraft(project: Project, defaults: TaskDefaults): TaskDraft {
  return {
    title: "",
    description: "",
    statusId: defaultStatusId(project),
    priority: "none",
    assigneeIds: [],
    labelIds: [],
    dueDate: null,
    ...defaults,
    projectId: project.id,
  };
}

/** Where new work waits: the first column of what is not begun, else the first of all. */
export function defaultStatusId({ statuses }: Project): string {
  const status = statuses.find(({ category }) => category === "unstarted") ?? statuses[0];
  return status?.id ?? "";
}
