import { rowOf } from "@guildhall/api/client";
import type { Project } from "@/entities/workspaces/workspace.ts";
import type { PropertyValues } from "./properties/property-view.ts";

/** A task that is being written and has no id yet. */
export type TaskDraft = PropertyValues & { projectId: string; description: string };

export type TaskDefaults = Partial<Omit<TaskDraft, "title" | "description">>;

export const blankDraft = (project: Project, defaults: TaskDefaults): TaskDraft => ({
  ...rowOf({ statusId: defaultStatusId(project), ...defaults }),
  description: "",
  projectId: project.id,
});

/** Where new work waits: the first column of what is not begun, else the first of all. */
function defaultStatusId({ statuses }: Project): string {
  const status = statuses.find(({ category }) => category === "unstarted") ?? statuses[0];
  return status?.id ?? "";
}
