import { type MouseEvent, useRef } from "react";
import { taskMenu } from "@/entities/tasks/commands/task-menu.tsx";
import { useBulkCommands } from "@/entities/tasks/commands/use-bulk-commands.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import type { BoardParts } from "./model/board-context.ts";
import { cardElement, taskIdAt } from "./model/card-element.ts";

/** One menu for the whole board: it opens for the card that was under the pointer, or had the focus. */
export function useCardMenu({ current, open }: BoardParts) {
  const { project, canEdit, tasks, pick } = useView();
  const commands = useBulkCommands();
  const at = useRef<string | null>(null);

  return {
    onContextMenuCapture(event: MouseEvent) {
      at.current = taskIdAt(event.target);
      if (at.current) current.set({ id: at.current, wantsFocus: false });
      // Beside the cards the browser's own menu is the better one.
      else event.stopPropagation();
    },
    entries(): MenuEntry[] {
      const task = tasks.get(at.current ?? "");
      if (!task) return [];
      return taskMenu({
        tasks: [task],
        project,
        canEdit,
        commands,
        open: () => open(task),
        pick: (property) => {
          const card = cardElement(task.id);
          if (card) pick(property, [task.id], card);
        },
      });
    },
    openAt(card: Element) {
      const { left, top, width } = card.getBoundingClientRect();
      const place = { clientX: left + width / 2, clientY: top + 24 };
      card.dispatchEvent(
        new window.MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...place }),
      );
    },
  };
}
