import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { CardStack } from "@/features/project-view/board/cards/card-stack.tsx";
import { useBoardParts } from "@/features/project-view/board/model/board-context.ts";
import {
  type BoardModel,
  countOf,
  type Lane,
  stackAt,
} from "@/features/project-view/board/model/board-model.ts";
import {
  BOARD_PADDING,
  CARD_INSET,
  COLLAPSED_WIDTH,
  COLUMN_GAP,
  endPadding,
  stackHeight,
} from "@/features/project-view/board/model/board-sizes.ts";
import { useColumnParts } from "@/features/project-view/board/model/column-context.ts";
import { LANE_HEADERS_HEIGHT, LaneColumnHeaders } from "./lane-column-headers.tsx";
import { LANE_HEADER_HEIGHT, LaneHeader } from "./lane-header.tsx";

const CELL_PADDING = 8;
/** An empty cell still is a place to drop a card on. */
const EMPTY_CELL = 48;

type Props = {
  model: BoardModel;
  width: number;
  openId: string | null;
  scroller: RefObject<HTMLElement | null>;
  initialOffset: number;
};

/** The board with swimlanes: it scrolls as a whole, and only the lanes in sight are drawn. */
export function Lanes({ model, width, openId, scroller, initialOffset }: Props) {
  const { cardWidth, fonts, subtasks } = useBoardParts();
  const { isCollapsed, statuses } = useColumnParts();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const heights = useMemo(() => {
    const open = statuses.filter(({ id }) => !isCollapsed(id));
    return model.lanes.map((lane) => {
      if (folded.has(lane.id)) return LANE_HEADER_HEIGHT;
      const stacks = open.map(({ id }) =>
        stackHeight(lane.stacks.get(id) ?? [], cardWidth, subtasks),
      );
      return LANE_HEADER_HEIGHT + Math.max(EMPTY_CELL, ...stacks) + 2 * CELL_PADDING;
    });
  }, [model, statuses, isCollapsed, folded, cardWidth, subtasks, fonts]);
  const { lanes } = model;
  const virtualizer = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => scroller.current,
    initialOffset,
    getItemKey: useCallback((index: number) => lanes[index]?.id ?? index, [lanes]),
    estimateSize: (index) => heights[index] ?? 0,
    overscan: 1,
    scrollMargin: LANE_HEADERS_HEIGHT,
    scrollPaddingStart: LANE_HEADERS_HEIGHT + LANE_HEADER_HEIGHT,
  });
  useLayoutEffect(() => {
    if (heights) virtualizer.measure();
  }, [virtualizer, heights]);

  function toggle(laneId: string) {
    const next = new Set(folded);
    if (!next.delete(laneId)) next.add(laneId);
    setFolded(next);
  }

  return (
    <div className="min-h-full w-max min-w-full" style={{ paddingInline: BOARD_PADDING }}>
      <LaneColumnHeaders width={width} countOf={(id) => countOf(model, id)} />
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start, size }) => {
          const lane = lanes[index];
          return (
            lane && (
              <section
                key={key}
                aria-label={lane.group?.name}
                className="absolute top-0 left-0 w-full"
                style={{ transform: `translateY(${start - LANE_HEADERS_HEIGHT}px)`, height: size }}
              >
                <LaneHeader
                  lane={lane}
                  isFolded={folded.has(lane.id)}
                  onToggle={() => toggle(lane.id)}
                />
                {!folded.has(lane.id) && (
                  <div
                    className="flex"
                    style={{ gap: COLUMN_GAP, height: size - LANE_HEADER_HEIGHT }}
                  >
                    {statuses.map((status) =>
                      isCollapsed(status.id) ? (
                        <div key={status.id} style={{ width: COLLAPSED_WIDTH }} />
                      ) : (
                        <Cell
                          key={status.id}
                          lane={lane}
                          status={status}
                          tasks={stackAt(model, { laneId: lane.id, statusId: status.id })}
                          width={width}
                          openId={openId}
                          scroller={scroller}
                          initialOffset={initialOffset}
                          offset={start + LANE_HEADER_HEIGHT + CELL_PADDING}
                        />
                      ),
                    )}
                  </div>
                )}
              </section>
            )
          );
        })}
      </div>
    </div>
  );
}

type CellProps = Pick<Props, "width" | "openId" | "scroller" | "initialOffset"> & {
  lane: Lane;
  status: Status;
  tasks: readonly TaskView[];
  offset: number;
};

function Cell({ lane, status, tasks, width, ...stack }: CellProps) {
  const target = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={target}
      className="h-full shrink-0 rounded-control bg-inset"
      style={{
        width,
        paddingBlock: CELL_PADDING,
        paddingLeft: CARD_INSET,
        paddingRight: Math.max(endPadding(), CARD_INSET),
      }}
    >
      <CardStack
        {...stack}
        laneId={lane.id}
        statusId={status.id}
        tasks={tasks}
        target={target}
        label={`${status.name}, ${lane.group?.name ?? ""}`}
      />
    </div>
  );
}
