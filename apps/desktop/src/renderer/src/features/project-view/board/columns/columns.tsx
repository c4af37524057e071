import { type BoardModel, stackAt } from "@/features/project-view/board/model/board-model.ts";
import { BOARD_PADDING, COLUMN_GAP } from "@/features/project-view/board/model/board-sizes.ts";
import { useColumnParts } from "@/features/project-view/board/model/column-context.ts";
import { CollapsedColumn } from "./collapsed-column.tsx";
import { Column } from "./column.tsx";
import { ColumnSlot } from "./column-slot.tsx";

type Props = { model: BoardModel; width: number; openId: string | null };

/** The board without swimlanes: each column scrolls by itself. */
export function Columns({ model, width, openId }: Props) {
  const { isCollapsed } = useColumnParts();
  const laneId = model.lanes[0]?.id ?? "";
  return (
    <div className="flex h-full w-max" style={{ gap: COLUMN_GAP, padding: BOARD_PADDING }}>
      {model.statuses.map((status) => {
        const tasks = stackAt(model, { laneId, statusId: status.id });
        return (
          <ColumnSlot key={status.id} statusId={status.id}>
            {isCollapsed(status.id) ? (
              <CollapsedColumn status={status} count={tasks.length} laneId={laneId} />
            ) : (
              <Column status={status} tasks={tasks} laneId={laneId} width={width} openId={openId} />
            )}
          </ColumnSlot>
        );
      })}
    </div>
  );
}
