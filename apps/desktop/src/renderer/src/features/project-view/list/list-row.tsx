import { type MouseEvent, useEffect, useRef, useSyncExternalStore } from "react";
import { TaskRow } from "@/entities/tasks/row/task-row.tsx";
import { useView } from "@/features/project-view/view/view-context.ts";
import type { Row } from "./list-rows.ts";
import { useOpenTask } from "./use-open-task.ts";
import type { Selection } from "./use-selection.ts";

type Props = { row: Extract<Row, { kind: "task" }>; index: number; selection: Selection };

export function ListRow({ row: { task }, index, selection }: Props) {
  const { names, canEdit, subtasks, peek, pick } = useView();
  const open = useOpenTask();
  const element = useRef<HTMLDivElement>(null);
  const { cursor } = selection;
  const { id } = task;
  const isCurrent = useSyncExternalStore(cursor.watch, () => cursor.get().id === id);
  const wantsFocus = useSyncExternalStore(
    cursor.watch,
    () => cursor.get().id === id && cursor.get().wantsFocus,
  );
  useEffect(() => {
    if (!wantsFocus) return;
    element.current?.focus({ preventScroll: true });
    cursor.set({ id, wantsFocus: false });
  }, [wantsFocus, id, cursor]);

  function onClick(event: MouseEvent) {
    if (event.target instanceof Element && event.target.closest('[role="checkbox"]')) {
      if (event.shiftKey) {
        event.preventDefault();
        selection.stretchToId(id);
      }
      return;
    }
    if (event.shiftKey) return selection.stretchToId(id);
    if (event.metaKey || event.ctrlKey) return selection.toggle(id);
    cursor.set({ id, wantsFocus: false });
    open(task);
  }

  if (!names.statuses.has(task.statusId)) return null;
  return (
    <TaskRow
      ref={element}
      data-task-id={id}
      aria-rowindex={index + 1}
      task={task}
      names={names}
      subtasks={subtasks.get(id)}
      tabIndex={isCurrent || (cursor.get().id === null && index <= 1) ? 0 : -1}
      open={peek === task.key || peek === id}
      selected={selection.chosen.has(id)}
      onSelectedChange={(isChosen) => selection.toggle(id, isChosen)}
      onEdit={canEdit ? (property, cell) => pick(property, [id], cell) : undefined}
      onClick={onClick}
      onFocus={() => cursor.set({ id, wantsFocus: false })}
    />
  );
}
