import type { TaskPatch } from "@/entities/tasks/sync/task.ts";
import type { Filter } from "./task-filter.ts";
import { NONE } from "./view-search.ts";

type Defaults = Pick<TaskPatch, "assigneeIds" | "labelIds" | "priority">;

/**
 * What a task made under this filter is born with, so that it is seen where it was made: who
 * filters by one label and adds a task means a task with that label.
 */
export function defaultsOf(filter: Filter): Defaults {
  const defaults: Defaults = {};
  const [assignee, ...assignees] = filter.assignees;
  const [label, ...labels] = filter.labels;
  const [priority, ...priorities] = filter.priorities;
  if (assignee && assignee !== NONE && assignees.length === 0) defaults.assigneeIds = [assignee];
  if (label && label !== NONE && labels.length === 0) defaults.labelIds = [label];
  if (priority && priorities.length === 0) defaults.priority = priority;
  return defaults;
}
