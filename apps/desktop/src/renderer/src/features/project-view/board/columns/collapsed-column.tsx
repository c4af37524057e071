import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useEffect, useRef, useState } from "react";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { useBoardParts } from "@/features/project-view/board/model/board-context.ts";
import { COLLAPSED_WIDTH } from "@/features/project-view/board/model/board-sizes.ts";
import { useColumnParts } from "@/features/project-view/board/model/column-context.ts";
import { readCard } from "@/features/project-view/board/model/drag-data.ts";
import { cx } from "@/ui/format/cx.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";

type Props = { status: Status; count: number; laneId: string };

/** A folded column: opens by a click, and takes a card at its end. */
export function CollapsedColumn({ status, count, laneId }: Props) {
  const { canEdit, drop } = useBoardParts();
  const { toggle } = useColumnParts();
  const strip = useRef<HTMLButtonElement>(null);
  const [isOver, setOver] = useState(false);

  useEffect(() => {
    if (!strip.current || !canEdit) return;
    return dropTargetForElements({
      element: strip.current,
      canDrop: ({ source }) => readCard(source.data) !== null,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        const taskId = readCard(source.data);
        if (taskId) drop(taskId, { laneId, statusId: status.id, index: count });
      },
    });
  }, [canEdit, drop, laneId, status.id, count]);

  return (
    <button
      ref={strip}
      type="button"
      aria-expanded={false}
      aria-label={`${status.name}, ${count} tasks, collapsed`}
      title={`Expand ${status.name}`}
      onClick={() => toggle(status.id)}
      className={cx(
        "flex h-full shrink-0 flex-col items-center gap-2 rounded-panel bg-inset py-3 text-13 transition-colors hover:bg-hover",
        isOver && "outline-2 outline-accent",
      )}
      style={{ width: COLLAPSED_WIDTH }}
    >
      <StatusIcon category={status.category} />
      <span className="text-12 text-faint tabular-nums">{count}</span>
      <span className="truncate font-medium text-muted [writing-mode:vertical-rl]">
        {status.name}
      </span>
    </button>
  );
}
