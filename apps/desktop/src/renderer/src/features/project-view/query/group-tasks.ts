/** Sorts tasks into the groups of a list and the lanes of a board, and orders them inside. */
import type { TaskProperty } from "@guildhall/api/client";
import type { Names, Order } from "@/entities/tasks/properties/property-view.ts";
import { propertyViews } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskPatch, TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import type { Grouping, Sorting } from "./view-search.ts";

export type Group = {
  id: string;
  name: string;
  /** The property whose value the group stands for; null for all tasks together. */
  of: TaskProperty | null;
  tasks: TaskView[];
};

type Parts = Pick<Names, "people"> & { statuses: readonly Status[] };

const groupingOf = (of: TaskProperty | null) => of && propertyViews[of].grouping;

export function groupTasks(tasks: Iterable<TaskView>, by: Grouping, parts: Parts): Group[] {
  const of = by === "none" ? null : by;
  const grouping = groupingOf(of);
  const named = grouping?.groups(parts) ?? [{ id: "", name: "All tasks" }];
  const groups = new Map(
    named.map(({ id, name }): [string, Group] => [id, { id, name, of, tasks: [] }]),
  );
  for (const task of tasks) {
    // Who left the workspace still stands on old tasks; those are nobody's now.
    const group = groups.get(grouping?.groupOf(task) ?? "") ?? groups.get("");
    group?.tasks.push(task);
  }
  return [...groups.values()].filter(({ tasks }) => tasks.length > 0);
}

/** What putting a task into the group changes of it; null when it belongs there already. */
export function patchInto({ of, id }: Pick<Group, "of" | "id">, task: TaskView): TaskPatch | null {
  const grouping = groupingOf(of);
  if (!grouping || grouping.groupOf(task) === id) return null;
  return grouping.patchInto(id, task);
}

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** Ranks are compared by code unit, as the database does. */
export const byRank: Order = (a, b) => compare(a.rank, b.rank) || compare(a.id, b.id);

/** By what is no property. */
const orders: Partial<Record<Sorting, Order>> = {
  manual: byRank,
  created: (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  updated: (a, b) => b.updatedAt.getTime() - a.updatedAt.getTime(),
};

const orderBy = (sorting: Sorting) =>
  orders[sorting] ?? propertyViews[sorting as TaskProperty].order ?? byRank;

export function orderOf(sorting: Sorting): Order {
  const order = orderBy(sorting);
  return order === byRank ? byRank : (a, b) => order(a, b) || byRank(a, b);
}
