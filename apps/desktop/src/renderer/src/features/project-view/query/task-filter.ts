import { filterProperties } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Group, Status } from "@/entities/workspaces/workspace.ts";
import type { ViewSearch } from "./view-search.ts";

export type Filter = Pick<ViewSearch, "text" | "values" | "archived">;

/** Archived tasks are hidden by themselves; showing them hides nothing. */
export const noFilter = { text: "", values: {} } satisfies Partial<Filter>;

/** Whether it hides anything. */
export const isFiltering = ({ text, values }: Filter) =>
  text.trim() !== "" || Object.values(values).some((chosen) => chosen.length > 0);

type Context = { statuses: readonly Status[]; groups: readonly Group[]; now: Date };

/** Within one property any value will do; each property that is filtered by must fit. */
export function taskFilter(filter: Filter, context: Context) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const asked = filterProperties.flatMap(({ name, filter: { fits } }) => {
    const chosen = filter.values[name] ?? [];
    return chosen.length > 0 ? [fits(chosen, context)] : [];
  });
  return (task: TaskView): boolean =>
    (filter.archived || !task.archivedAt) &&
    asked.every((fits) => fits(task)) &&
    (words.length === 0 || hasWords(task, words));
}

function hasWords({ key, title }: TaskView, words: readonly string[]): boolean {
  const text = `${key} ${title}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
