import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useBoardParts } from "@/features/project-view/board/model/board-context.ts";
import { CARD_GAP, cardHeight } from "@/features/project-view/board/model/board-sizes.ts";
import { readCard } from "@/features/project-view/board/model/drag-data.ts";
import { gapAt, positionInGap } from "@/features/project-view/board/model/places.ts";
import { useObservable } from "@/lib/observable.ts";
import { usePrinting } from "@/ui/layout/use-printing.ts";
import { BoardCard } from "./board-card.tsx";

type Props = {
  laneId: string;
  statusId: string;
  tasks: readonly TaskView[];
  /** What scrolls it: its own column, or the whole board when there are lanes. */
  scroller: RefObject<HTMLElement | null>;
  /** Where it is scrolled to when it is first drawn. */
  initialOffset: number;
  /** How far from the top of what scrolls the first card stands, in pixels. */
  offset: number;
  /** What answers a dragged card: more than the cards, so that an empty column does too. */
  target: RefObject<HTMLElement | null>;
  /** The id of the task in the panel. */
  openId: string | null;
  label: string;
};

/** The cards of one column, of which only those in sight are drawn. */
export function CardStack(props: Props) {
  const { laneId, statusId, tasks, scroller, initialOffset, offset, target, openId, label } = props;
  const { cardWidth, fonts, subtasks, current } = useBoardParts();
  const inner = useRef<HTMLDivElement>(null);
  const rangeExtractor = useDraggedInRange(tasks);
  const virtualizer = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    initialOffset,
    getItemKey: useCallback((index: number) => tasks[index]?.id ?? index, [tasks]),
    estimateSize: (index) => cardHeight(tasks[index], cardWidth, subtasks),
    gap: CARD_GAP,
    overscan: usePrinting() ? tasks.length : 5,
    scrollMargin: offset,
    rangeExtractor,
  });
  const gap = useCardDrop({ laneId, statusId, tasks, target, inner, virtualizer });

  useLayoutEffect(() => virtualizer.measure(), [virtualizer, cardWidth, fonts, subtasks]);

  const { id, wantsFocus } = useObservable(current);
  const wanted = wantsFocus ? tasks.findIndex((task) => task.id === id) : -1;
  useLayoutEffect(() => {
    if (wanted >= 0) virtualizer.scrollToIndex(wanted, { align: "auto" });
  }, [virtualizer, wanted]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: its items are placed one by one, out of the flow.
    <div
      ref={inner}
      role="list"
      aria-label={label}
      className="relative w-full"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const task = tasks[index];
        return (
          task && (
            <div
              key={key}
              className="absolute top-0 left-0 w-full [contain:layout_style]"
              style={{ transform: `translateY(${start - offset}px)` }}
            >
              <BoardCard
                task={task}
                position={index + 1}
                count={tasks.length}
                isOpen={task.id === openId}
              />
            </div>
          )
        );
      })}
      {gap !== null && <DropLine y={lineAt(virtualizer.measurementsCache, gap) - offset} />}
    </div>
  );
}

/** The dragged card stays drawn: browsers end a drag whose element is gone. */
function useDraggedInRange(tasks: readonly TaskView[]) {
  const { dragged } = useBoardParts();
  return useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) => {
      const indexes = defaultRangeExtractor(range);
      const id = dragged.get();
      const at = id ? tasks.findIndex((task) => task.id === id) : -1;
      return at < 0 || indexes.includes(at) ? indexes : [...indexes, at].sort((a, b) => a - b);
    },
    [tasks, dragged],
  );
}

type Cards = readonly { start: number; end: number }[];
type Dropping = Pick<Props, "laneId" | "statusId" | "tasks" | "target"> & {
  inner: RefObject<HTMLElement | null>;
  virtualizer: { measurementsCache: Cards; options: { scrollMargin: number } };
};

/** The gap under the pointer while a card is dragged over this column; null when it would stay. */
function useCardDrop({ laneId, statusId, tasks, target, inner, virtualizer }: Dropping) {
  const { canEdit, drop } = useBoardParts();
  const [gap, setGap] = useState<number | null>(null);
  useEffect(() => {
    if (!target.current || !canEdit) return;
    const gapUnder = (clientY: number) => {
      const top = inner.current?.getBoundingClientRect().top ?? 0;
      const { scrollMargin } = virtualizer.options;
      return gapAt(virtualizer.measurementsCache, clientY - top + scrollMargin);
    };
    return dropTargetForElements({
      element: target.current,
      canDrop: ({ source }) => readCard(source.data) !== null,
      onDrag: ({ source, location }) => {
        const next = gapUnder(location.current.input.clientY);
        const moves = positionInGap(tasks, next, readCard(source.data) ?? "") !== null;
        setGap(moves ? next : null);
      },
      onDragLeave: () => setGap(null),
      onDrop: ({ source, location }) => {
        setGap(null);
        const taskId = readCard(source.data);
        if (!taskId) return;
        const index = positionInGap(tasks, gapUnder(location.current.input.clientY), taskId);
        if (index !== null) drop(taskId, { laneId, statusId, index });
      },
    });
  }, [laneId, statusId, tasks, target, inner, virtualizer, canEdit, drop]);
  return gap;
}

const lineAt = (cards: Cards, gap: number) => {
  const above = cards[gap - 1];
  return above ? above.end + CARD_GAP / 2 : (cards[0]?.start ?? 0) - CARD_GAP / 2;
};

function DropLine({ y }: { y: number }) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 z-10 h-0.5 -translate-y-px rounded-full bg-accent before:absolute before:-top-[3px] before:-left-1 before:size-2 before:rounded-full before:border-2 before:border-accent before:bg-surface"
      style={{ top: y }}
    />
  );
}
