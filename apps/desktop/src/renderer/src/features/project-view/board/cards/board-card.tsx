import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { memo, type RefObject, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useLookAt, useOthersAt } from "@/entities/presence/use-presence.ts";
import { TaskCard } from "@/entities/tasks/card/task-card.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useBoardParts } from "@/features/project-view/board/model/board-context.ts";
import { cardData } from "@/features/project-view/board/model/drag-data.ts";
import { assigneesOf, labelsOf } from "@/features/project-view/view/view-context.ts";
import { CardFailure } from "./card-failure.tsx";

type Props = { task: TaskView; position: number; count: number; isOpen: boolean };

/** A card in its column: draggable, focusable, and telling when its edit was refused. */
export const BoardCard = memo(function BoardCard({ task, position, count, isOpen }: Props) {
  const board = useBoardParts();
  const { canEdit, names, cardWidth, current, dragged, open, subtasks } = board;
  const element = useRef<HTMLDivElement>(null);
  const [isDragging, setDragging] = useState(false);
  const { id } = task;
  const isCurrent = useCurrent(id, element);
  const [holder] = useOthersAt("holding", id);
  useLookAt(isDragging ? { taskId: id, doing: "holding" } : null);
  useInSight(isOpen, element);

  useEffect(() => {
    const card = element.current;
    if (!card || !canEdit) return;
    return draggable({
      element: card,
      getInitialData: () => cardData(id),
      onDragStart: () => {
        dragged.set(id);
        setDragging(true);
      },
      onDrop: () => {
        dragged.set(null);
        setDragging(false);
      },
    });
  }, [id, canEdit, dragged]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: an item of the stack's list, see there.
    <div role="listitem" aria-posinset={position} aria-setsize={count} data-task-id={id}>
      <TaskCard
        ref={element}
        task={task}
        subtasks={subtasks.get(id)}
        labels={labelsOf(names, task)}
        assignees={assigneesOf(names, task)}
        width={cardWidth}
        tabIndex={isCurrent ? 0 : -1}
        open={isOpen}
        dragging={isDragging}
        holder={holder}
        pending={task.edit?.state === "waiting"}
        onClick={() => {
          current.set({ id, wantsFocus: false });
          open(task);
        }}
        onFocus={() => current.set({ id, wantsFocus: false })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          open(task);
        }}
      />
      {task.edit?.state === "failed" && <CardFailure edit={task.edit} />}
    </div>
  );
});

/** The panel that opens beside the board must not cover the card that it shows. */
function useInSight(isOpen: boolean, element: RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    if (!isOpen) return;
    // After the panel has taken its room.
    const frame = requestAnimationFrame(() =>
      element.current?.closest("section")?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [isOpen, element]);
}

/** A card that was chosen while it was out of sight takes the focus when it is drawn. */
function useCurrent(id: string, element: RefObject<HTMLDivElement | null>): boolean {
  const { current } = useBoardParts();
  const isCurrent = useSyncExternalStore(current.watch, () => current.get().id === id);
  const wantsFocus = useSyncExternalStore(
    current.watch,
    () => current.get().id === id && current.get().wantsFocus,
  );
  useEffect(() => {
    const card = element.current;
    if (!wantsFocus || !card) return;
    card.focus({ preventScroll: true });
    card.closest("section")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    current.set({ id, wantsFocus: false });
  }, [wantsFocus, id, element, current]);
  return isCurrent;
}
