import { NONE } from "@/entities/tasks/properties/property-view.ts";
import { filterProperties } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskPatch } from "@/entities/tasks/sync/task.ts";
import type { Filter } from "./task-filter.ts";

/**
 * What a task made under this filter is born with, so that it is seen where it was made: who
 * filters by one label and adds a task means a task with that label.
 */
export const defaultsOf = ({ values }: Filter): TaskPatch =>
  Object.assign(
    {},
    ...filterProperties.map(({ name, filter }) => {
      const [value, ...others] = values[name] ?? [];
      return value && value !== NONE && others.length === 0 ? filter.preset?.(value) : {};
    }),
  );
