import { useMemo, useRef, useState } from "react";
import { useFocusTask } from "@/entities/tasks/commands/focus-task.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { createObservable } from "@/lib/observable.ts";
import { idsBetween, type Row, stepRow } from "./list-rows.ts";

/** The line that the keys are at. `wantsFocus`: it takes the focus as soon as it is drawn. */
export type Cursor = { id: string | null; wantsFocus: boolean };

export type Selection = ReturnType<typeof useSelection>;

/** Where one is in the list, and which tasks are chosen for what is done to many. */
export function useSelection(rows: readonly Row[], reveal: (index: number) => void) {
  const { tasks, peek, setPeek } = useView();
  const [cursor] = useState(() => createObservable<Cursor>({ id: null, wantsFocus: false }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** The fixed end of a stretch; the cursor is the other one. */
  const anchor = useRef<string | null>(null);

  const indexOf = (id: string | null) =>
    rows.findIndex((row) => row.kind === "task" && row.task.id === id);
  const keyOf = (task: TaskView) => (task.number > 0 ? task.key : task.id);

  function goTo(index: number) {
    const row = rows[index];
    if (row?.kind !== "task") return;
    reveal(index);
    cursor.set({ id: row.task.id, wantsFocus: true });
    if (peek) setPeek(keyOf(row.task));
  }

  useFocusTask((id) => {
    const index = indexOf(id);
    if (index < 0) return false;
    reveal(index);
    cursor.set({ id, wantsFocus: true });
    return true;
  });

  function stretchTo(index: number) {
    const row = rows[index];
    if (row?.kind !== "task") return;
    const from = indexOf(anchor.current ?? cursor.get().id);
    anchor.current ??= cursor.get().id ?? row.task.id;
    setChosen(new Set(idsBetween(rows, from < 0 ? index : from, index)));
    reveal(index);
    cursor.set({ id: row.task.id, wantsFocus: true });
  }

  /** Only what is still there and still shown counts as chosen. */
  const chosenTasks = useMemo(() => {
    if (chosen.size === 0) return [];
    return rows.flatMap((row) => (row.kind === "task" && chosen.has(row.task.id) ? row.task : []));
  }, [rows, chosen]);

  return {
    cursor,
    chosen,
    tasks: chosenTasks,
    /** What a command is for: the chosen tasks, else the one the keys are at. */
    targets(): TaskView[] {
      const task = tasks.get(cursor.get().id ?? "");
      return chosenTasks.length > 0 ? chosenTasks : task ? [task] : [];
    },
    step: (by: 1 | -1) => goTo(stepRow(rows, indexOf(cursor.get().id), by)),
    stretch: (by: 1 | -1) => stretchTo(stepRow(rows, indexOf(cursor.get().id), by)),
    stretchToId: (id: string) => stretchTo(indexOf(id)),
    toggle(id: string, isChosen = !chosen.has(id)) {
      const next = new Set(chosen);
      if (isChosen) next.add(id);
      else next.delete(id);
      anchor.current = id;
      cursor.set({ id, wantsFocus: false });
      setChosen(next);
    },
    all: () => setChosen(new Set(idsBetween(rows, 0, rows.length - 1))),
    clear() {
      anchor.current = null;
      setChosen(new Set());
    },
  };
}
