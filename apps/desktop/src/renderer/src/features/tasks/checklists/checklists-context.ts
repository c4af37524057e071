import { createContext, use } from "react";
import type { ChecklistView, ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import type {
  Between,
  ChecklistMutations,
} from "@/entities/checklists/sync/use-checklist-mutations.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { invariant } from "@/lib/invariant.ts";
import type { Person } from "@/ui/people/avatar.tsx";
import type { Caret } from "./caret.ts";

export type ChecklistsParts = {
  task: TaskView;
  project: Project;
  tasks: ReadonlyMap<string, TaskView>;
  people: readonly Person[];
  readOnly: boolean;
  checklists: readonly ChecklistView[];
  mutations: ChecklistMutations;
  caret: Caret;
  /** Says aloud what a move did. */
  announce: (words: string) => void;
  move: (item: ItemView, list: ChecklistView, between: Between<ItemView>) => void;
};

const Context = createContext<ChecklistsParts | null>(null);
export const ChecklistsProvider = Context.Provider;

export const useChecklistsParts = (): ChecklistsParts =>
  invariant(use(Context), "this stands in the checklists of a task");
