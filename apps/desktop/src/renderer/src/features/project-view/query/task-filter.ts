import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { formatDay } from "@/ui/format/format-time.ts";
import type { ViewSearch } from "./view-search.ts";
import { NONE } from "./view-search.ts";

export type Filter = Pick<
  ViewSearch,
  "text" | "assignees" | "labels" | "priorities" | "due" | "categories" | "archived"
>;

export const noFilter: Filter = {
  text: "",
  assignees: [],
  labels: [],
  priorities: [],
  due: [],
  categories: [],
  archived: false,
};

/** Whether it hides anything. Archived tasks are hidden by themselves; showing them hides nothing. */
export const isFiltering = (filter: Filter) =>
  filter.text.trim() !== "" ||
  [filter.assignees, filter.labels, filter.priorities, filter.due, filter.categories].some(
    (values) => values.length > 0,
  );

/** Within one property any value will do; each property that is filtered by must fit. */
export function taskFilter(filter: Filter, statuses: readonly Status[], now: Date) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const week = weekOf(now);
  const today = formatDay(now);
  const shown = new Set<string>();
  const closed = new Set<string>();
  for (const { id, category } of statuses) {
    if (filter.categories.includes(category)) shown.add(id);
    if (category === "completed" || category === "cancelled") closed.add(id);
  }

  const isDue = (task: TaskView) =>
    filter.due.some((due) => {
      if (due === "none") return task.dueDate === null;
      if (task.dueDate === null || closed.has(task.statusId)) return false;
      if (due === "overdue") return task.dueDate < today;
      return task.dueDate >= week.from && task.dueDate <= week.to;
    });

  return (task: TaskView): boolean =>
    (filter.archived || !task.archivedAt) &&
    (shown.size === 0 || shown.has(task.statusId)) &&
    (filter.priorities.length === 0 || filter.priorities.includes(task.priority)) &&
    fits(filter.assignees, task.assigneeIds) &&
    fits(filter.labels, task.labelIds) &&
    (filter.due.length === 0 || isDue(task)) &&
    (words.length === 0 || hasWords(task, words));
}

const fits = (wanted: readonly string[], ids: readonly string[]) =>
  wanted.length === 0 ||
  (ids.length === 0 ? wanted.includes(NONE) : ids.some((id) => wanted.includes(id)));

function hasWords({ key, title }: TaskView, words: readonly string[]): boolean {
  const text = `${key} ${title}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Monday to Sunday around `now`, as days. */
function weekOf(now: Date) {
  const sinceMonday = (now.getDay() + 6) % 7;
  const day = (offset: number) =>
    formatDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - sinceMonday + offset));
  return { from: day(0), to: day(6) };
}
