import type { ComponentType } from "react";
import type { TaskDefaults } from "./task-draft.ts";

/**
 * What screens outside features/tasks show of a task's own: the router passes it in, as no feature
 * imports another.
 */
export type TaskSlots = {
  /** `taskKey`: "APP-12", or the id of a task that has no key yet. */
  TaskPeek: ComponentType<{ taskKey: string; onClose: () => void }>;
  /** `defaults`: what the place it was called from says, as the project or the filter's label. */
  CreateTaskDialog: ComponentType<{
    open: boolean;
    onOpenChange: (open: boolean) => void;
    defaults?: TaskDefaults;
  }>;
};
