import type { TaskProperty } from "@guildhall/api/client";
import { createContext, use } from "react";
import type { Names } from "@/entities/tasks/properties/property-view.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Label, Project } from "@/entities/workspaces/workspace.ts";
import type { SubtaskCounts } from "@/features/project-view/query/subtasks.ts";
import type { ViewSearch } from "@/features/project-view/query/view-search.ts";
import { invariant } from "@/lib/invariant.ts";
import type { Person } from "@/ui/people/avatar.tsx";

/** A project as one looks at it: the board and the list draw the same thing in two ways. */
export type View = {
  project: Project;
  canEdit: boolean;
  search: ViewSearch;
  change: (patch: Partial<ViewSearch>) => void;
  peek: string | null;
  setPeek: (taskKey: string | null) => void;
  /** All of the project, by id. */
  tasks: ReadonlyMap<string, TaskView>;
  /** Those that fit the filter, in no order. */
  shown: readonly TaskView[];
  /** How many there would be without the filter. */
  total: number;
  /** The same object until the project or its people change. */
  names: Names;
  subtasks: SubtaskCounts;
  /** Opens a picker for a property of these tasks, beside `anchor`. */
  pick: (property: TaskProperty, taskIds: readonly string[], anchor: Element) => void;
  /** Opens the dialog for a new task. */
  create: () => void;
};

export const ViewContext = createContext<View | null>(null);

export const useView = (): View => invariant(use(ViewContext), "this is inside a project's view");

export const labelsOf = ({ labels }: Names, task: TaskView): Label[] =>
  task.labelIds.flatMap((id) => labels.get(id) ?? []);

export const assigneesOf = ({ people }: Names, task: TaskView): Person[] =>
  task.assigneeIds.flatMap((id) => people.get(id) ?? []);
