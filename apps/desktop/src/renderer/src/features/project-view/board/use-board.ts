import { useNavigate } from "@tanstack/react-router";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useFocusTask } from "@/entities/tasks/commands/focus-task.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { patchInto } from "@/features/project-view/query/group-tasks.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { createObservable } from "@/lib/observable.ts";
import { paths } from "@/lib/paths.ts";
import type { BoardParts, Current } from "./model/board-context.ts";
import { type BoardModel, type Place, placeOf, stackAt } from "./model/board-model.ts";
import { cardWidthIn } from "./model/board-sizes.ts";
import type { ColumnParts } from "./model/column-context.ts";
import { type Direction, neighboursAt, shiftFrom, stepFrom } from "./model/places.ts";
import { useFonts } from "./use-fonts.ts";

/** What can be done on the board with the hand or the keys, and the card they are at. */
export function useBoard(model: BoardModel, columns: ColumnParts, width: number) {
  const view = useView();
  const navigate = useNavigate();
  const mutations = useTaskMutations();
  const { canEdit, names, subtasks, setPeek } = view;
  const fonts = useFonts();
  const [state] = useState(() => ({
    current: createObservable<Current>({ id: null, wantsFocus: false }),
    dragged: createObservable<string | null>(null),
    announcement: createObservable(""),
  }));
  const { current, dragged, announcement } = state;

  // Cards keep these functions for long; what they read must be of now.
  const latest = useRef({ view, model });
  useLayoutEffect(() => {
    latest.current = { view, model };
  });

  const parts = useMemo((): BoardParts => {
    function open(task: TaskView) {
      const key = task.number > 0 ? task.key : task.id;
      if (latest.current.view.peek !== key) return setPeek(key);
      navigate({ to: paths.task(task.workspaceId, key) });
    }
    function drop(taskId: string, place: Place) {
      const now = latest.current;
      const task = now.view.tasks.get(taskId);
      const status = names.statuses.get(place.statusId);
      if (!task || !status) return;
      const stack = stackAt(now.model, place);
      const around = neighboursAt(stack, place.index, taskId);
      mutations.move(task, { statusId: place.statusId, ...around });
      const group = now.model.lanes.find(({ id }) => id === place.laneId)?.group;
      const patch = group && patchInto(group, task);
      if (patch) mutations.update(task, patch);
      // Once it is drawn in its new place: the card that leaves must not take the focus with it.
      setTimeout(() => current.set({ id: taskId, wantsFocus: true }));
      const count = stack.length + (stack.some(({ id }) => id === taskId) ? 0 : 1);
      const lane = group ? `, ${group.name}` : "";
      const at = `position ${place.index + 1} of ${count}`;
      announcement.set(`${task.key} moved to ${status.name}${lane}, ${at}`);
    }
    const cardWidth = cardWidthIn(width);
    return { canEdit, names, cardWidth, fonts, current, dragged, open, drop, subtasks };
  }, [
    canEdit,
    names,
    width,
    fonts,
    subtasks,
    setPeek,
    navigate,
    mutations,
    current,
    dragged,
    announcement,
  ]);

  useFocusTask((id) => {
    if (!placeOf(latest.current.model, id)) return false;
    current.set({ id, wantsFocus: true });
    return true;
  });
  useEffect(() => keepCurrent(current, model, columns), [current, model, columns]);

  const { isCollapsed, statuses } = columns;
  const walk = () => ({
    model,
    statusIds: statuses.flatMap(({ id }) => (isCollapsed(id) ? [] : id)),
  });
  const here = () => placeOf(model, current.get().id ?? "");

  function step(direction: Direction) {
    const task = taskAt(model, stepFrom(walk(), here(), direction));
    if (!task) return;
    current.set({ id: task.id, wantsFocus: true });
    // What is open beside the board follows the keys.
    if (view.peek) setPeek(task.number > 0 ? task.key : task.id);
  }

  function shift(direction: Direction) {
    const { id } = current.get();
    const from = here();
    const to = from && canEdit ? shiftFrom(walk(), from, direction) : null;
    if (id && to) parts.drop(id, to);
  }

  return { parts, announcement, step, shift };
}

const taskAt = (model: BoardModel, place: Place | null) =>
  place ? stackAt(model, place)[place.index] : undefined;

/** There is always one card that Tab leads to, unless there is none at all. */
function keepCurrent(current: BoardParts["current"], model: BoardModel, columns: ColumnParts) {
  const { id } = current.get();
  if (id && placeOf(model, id)) return;
  const statusIds = columns.statuses.map((status) => status.id);
  const first = taskAt(model, stepFrom({ model, statusIds }, null, "down"));
  current.set({ id: first?.id ?? null, wantsFocus: false });
}
