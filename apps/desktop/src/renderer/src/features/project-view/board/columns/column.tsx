import { useRef, useState } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { CardStack } from "@/features/project-view/board/cards/card-stack.tsx";
import {
  CARD_INSET,
  endPadding,
  SLIM_SCROLLBAR,
} from "@/features/project-view/board/model/board-sizes.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { ColumnHeader } from "./column-header.tsx";
import { QuickAdd } from "./quick-add.tsx";

type Props = {
  status: Status;
  tasks: readonly TaskView[];
  laneId: string;
  width: number;
  openId: string | null;
};

/** A column that scrolls by itself, as on a board without swimlanes. */
export function Column({ status, tasks, laneId, width, openId }: Props) {
  const target = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { search } = useView();
  const initialOffset = useRestoredScroll(scroller, `column ${status.id}`, search);
  const [isAdding, setAdding] = useState(false);
  return (
    <section
      ref={target}
      aria-label={`${status.name}, ${tasks.length} tasks`}
      className="flex h-full shrink-0 flex-col rounded-panel bg-inset"
      style={{ width }}
    >
      <ColumnHeader status={status} count={tasks.length} onAdd={() => setAdding(true)} />
      {isAdding && (
        <div className="px-2 pb-2">
          <QuickAdd status={status} onClose={() => setAdding(false)} />
        </div>
      )}
      <div
        ref={scroller}
        data-edge-scroll="y"
        className={`min-h-0 flex-1 overflow-y-auto overflow-x-hidden pt-0.5 pb-2 [scrollbar-gutter:stable] ${SLIM_SCROLLBAR}`}
        style={{ paddingLeft: CARD_INSET, paddingRight: endPadding() }}
      >
        <CardStack
          laneId={laneId}
          statusId={status.id}
          tasks={tasks}
          scroller={scroller}
          initialOffset={initialOffset}
          offset={2}
          target={target}
          openId={openId}
          label={status.name}
        />
      </div>
    </section>
  );
}
