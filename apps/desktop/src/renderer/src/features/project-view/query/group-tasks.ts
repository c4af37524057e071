/** Sorts tasks into the groups of a list and the lanes of a board, and orders them inside. */

import type { TaskPatch, TaskView } from "@/entities/tasks/sync/task.ts";
import type { Member, Status } from "@/entities/workspaces/workspace.ts";
import { compareText } from "@/lib/locale.ts";
import { type Priority, priorities, priorityNames } from "@/ui/icons/priority-icon.tsx";
import type { Grouping, Sorting } from "./view-search.ts";

export type Group = {
  id: string;
  name: string;
  /** Which property the group stands for, for its icon. */
  of:
    | { kind: "status"; status: Status }
    | { kind: "assignee"; userId: string | null }
    | { kind: "priority"; priority: Priority }
    | { kind: "all" };
  tasks: TaskView[];
};

type Parts = { statuses: readonly Status[]; members: readonly Member[] };

export function groupTasks(
  tasks: Iterable<TaskView>,
  grouping: Grouping,
  { statuses, members }: Parts,
): Group[] {
  const groups = new Map<string, Group>(
    emptyGroups(grouping, { statuses, members }).map((group) => [group.id, group]),
  );
  const keyOf = groupKey(grouping);
  for (const task of tasks) {
    // Who left the workspace still stands on old tasks; those are nobody's now.
    const group = groups.get(keyOf(task)) ?? groups.get("");
    group?.tasks.push(task);
  }
  return [...groups.values()].filter(({ tasks }) => tasks.length > 0);
}

/** In the order in which they are shown; nobody and no priority come last. */
function emptyGroups(grouping: Grouping, { statuses, members }: Parts): Group[] {
  switch (grouping) {
    case "status":
      return statuses.map((status) => ({
        id: status.id,
        name: status.name,
        of: { kind: "status", status },
        tasks: [],
      }));
    case "assignee":
      return [
        ...members.map(({ userId, name }): Group => {
          return { id: userId, name, of: { kind: "assignee", userId }, tasks: [] };
        }),
        { id: "", name: "No assignee", of: { kind: "assignee", userId: null }, tasks: [] },
      ];
    case "priority":
      return priorities.toReversed().map((priority) => ({
        id: priority,
        name: priorityNames[priority],
        of: { kind: "priority", priority },
        tasks: [],
      }));
    case "none":
      return [{ id: "", name: "All tasks", of: { kind: "all" }, tasks: [] }];
  }
}

/** A task of several people stands with the first of them, once: a card is one thing to drag. */
function groupKey(grouping: Grouping): (task: TaskView) => string {
  switch (grouping) {
    case "status":
      return (task) => task.statusId;
    case "assignee":
      return (task) => task.assigneeIds[0] ?? "";
    case "priority":
      return (task) => task.priority;
    case "none":
      return () => "";
  }
}

/** What putting a task into the group changes of it; null when it belongs there already. */
export function patchInto({ of }: Pick<Group, "of">, task: TaskView): TaskPatch | null {
  switch (of.kind) {
    case "status":
      return task.statusId === of.status.id ? null : { statusId: of.status.id };
    case "priority":
      return task.priority === of.priority ? null : { priority: of.priority };
    case "assignee": {
      const [first, ...rest] = task.assigneeIds;
      if ((first ?? null) === of.userId) return null;
      if (of.userId === null) return { assigneeIds: [] };
      return { assigneeIds: [of.userId, ...rest.filter((id) => id !== of.userId)] };
    }
    case "all":
      return null;
  }
}

export type Order = (a: TaskView, b: TaskView) => number;

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

/** Ranks are compared by code unit, as the database does. */
export const byRank: Order = (a, b) => compare(a.rank, b.rank) || compare(a.id, b.id);

/** What has no value comes last, whichever way the others are sorted. */
const LAST_DAY = "9999-99-99";

const orders: Record<Sorting, Order> = {
  manual: byRank,
  priority: (a, b) => priorities.indexOf(b.priority) - priorities.indexOf(a.priority),
  due: (a, b) => compare(a.dueDate ?? LAST_DAY, b.dueDate ?? LAST_DAY),
  created: (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  updated: (a, b) => b.updatedAt.getTime() - a.updatedAt.getTime(),
  title: (a, b) => compareText(a.title, b.title),
  estimate: (a, b) => (b.estimate ?? -1) - (a.estimate ?? -1),
};

export const orderOf = (sorting: Sorting): Order =>
  sorting === "manual" ? byRank : (a, b) => orders[sorting](a, b) || byRank(a, b);
