import { type MouseEvent, useRef } from "react";
import { taskMenu } from "@/entities/tasks/commands/task-menu.tsx";
import { useBulkCommands } from "@/entities/tasks/commands/use-bulk-commands.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { useOpenTask } from "./use-open-task.ts";
import type { Selection } from "./use-selection.ts";

/** One menu for the whole list: for the line under the pointer, or for all chosen ones with it. */
export function useListMenu(selection: Selection) {
  const { project, canEdit, tasks, pick } = useView();
  const commands = useBulkCommands();
  const open = useOpenTask();
  const at = useRef<HTMLElement | null>(null);

  return {
    onContextMenuCapture(event: MouseEvent) {
      const { target } = event;
      at.current = target instanceof Element ? target.closest<HTMLElement>("[data-task-id]") : null;
      const id = at.current?.dataset.taskId;
      if (id) selection.cursor.set({ id, wantsFocus: false });
      else event.stopPropagation();
    },
    entries(): MenuEntry[] {
      const row = at.current;
      const task = tasks.get(row?.dataset.taskId ?? "");
      if (!task || !row) return [];
      const targets = selection.chosen.has(task.id) ? selection.tasks : [task];
      return taskMenu({
        tasks: targets,
        project,
        canEdit,
        commands,
        open: targets.length === 1 ? () => open(task) : undefined,
        pick: (property) =>
          pick(
            property,
            targets.map(({ id }) => id),
            row,
          ),
      });
    },
    openAt(row: Element) {
      const { left, bottom } = row.getBoundingClientRect();
      const place = { clientX: left + 120, clientY: bottom - 4 };
      row.dispatchEvent(
        new window.MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...place }),
      );
    },
  };
}
