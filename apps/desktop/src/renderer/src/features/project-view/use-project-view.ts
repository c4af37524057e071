import { useCallback, useMemo, useState } from "react";
import { useAssigneesById } from "@/entities/groups/assignees.ts";
import { useGroups } from "@/entities/groups/use-groups.ts";
import type { Picking } from "@/entities/tasks/commands/property-picker.tsx";
import type { Names } from "@/entities/tasks/properties/property-view.ts";
import { useProjectTasks } from "@/entities/tasks/sync/use-tasks.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { defaultsOf } from "@/features/project-view/query/filter-defaults.ts";
import { useSubtasks } from "@/features/project-view/query/subtasks.ts";
import { taskFilter } from "@/features/project-view/query/task-filter.ts";
import { useToday } from "@/ui/format/use-today.ts";
import { useViewSearch } from "./use-view-search.ts";
import type { View } from "./view/view-context.ts";

/** All that the board and the list draw from, and what stands open over them. */
export function useProjectView(project: Project) {
  const { search, change, peek, setPeek } = useViewSearch();
  const { tasks, ...loading } = useProjectTasks(project.id);
  const [picking, setPicking] = useState<Picking | null>(null);
  const [isCreating, setCreating] = useState(false);
  const names = useNames(project);
  const subtasks = useSubtasks(tasks);
  const { statuses } = project;
  const listed = useMemo(
    () => [...tasks.values()].filter((task) => search.archived || !task.archivedAt),
    [tasks, search.archived],
  );
  const groups = useGroups();
  const today = useToday();
  const shown = useMemo(
    () => listed.filter(taskFilter(search, { statuses, groups, now: today })),
    [listed, search, statuses, groups, today],
  );
  const pick: View["pick"] = useCallback(
    (property, taskIds, anchor) => setPicking({ property, taskIds, anchor }),
    [],
  );
  const closePicker = useCallback(() => {
    setPicking((closed) => {
      // The picker's own trigger is gone with it: the focus goes back to where it was called.
      const anchor = closed?.anchor;
      if (anchor instanceof HTMLElement) setTimeout(() => anchor.focus({ preventScroll: true }));
      return null;
    });
  }, []);

  const value: View = {
    project,
    canEdit: project.role !== "viewer" && !project.archivedAt,
    search,
    change,
    peek,
    setPeek,
    tasks,
    shown,
    total: listed.length,
    names,
    subtasks,
    pick,
    create: () => setCreating(true),
  };
  const dialog = {
    open: isCreating,
    onOpenChange: setCreating,
    defaults: { projectId: project.id, ...defaultsOf(search) },
  };
  return { value, picking, closePicker, dialog, loading };
}

function useNames({ statuses, labels }: Project): Names {
  const people = useAssigneesById();
  return useMemo(
    () => ({
      statuses: new Map(statuses.map((status) => [status.id, status])),
      labels: new Map(labels.map((label) => [label.id, label])),
      people,
    }),
    [statuses, labels, people],
  );
}
