/**
 * What the person did, newest last, each with how it is taken back and done again. What was taken
 * back waits to be redone until something new is done.
 */
import { createObservable } from "@/lib/observable.ts";

export type Undoable = { label: string; undo: () => void; redo: () => void };

const MOST_STEPS = 50;

export type UndoStack = ReturnType<typeof createUndoStack>;

export function createUndoStack() {
  const done = createObservable<readonly Undoable[]>([]);
  const undone = createObservable<readonly Undoable[]>([]);
  /** While several are made one: those so far. */
  let gathered: Undoable[] | null = null;

  function push(step: Undoable): Undoable {
    if (gathered) gathered.push(step);
    else {
      done.set([...done.get().slice(1 - MOST_STEPS), step]);
      undone.set([]);
    }
    return step;
  }

  return {
    push,

    /** All that `run` does is one step, taken back together and in reverse. */
    together(label: string, run: () => void): Undoable | null {
      const steps: Undoable[] = [];
      gathered = steps;
      try {
        run();
      } finally {
        gathered = null;
      }
      if (steps.length === 0) return null;
      return push({
        label,
        undo: () => {
          for (const step of steps.toReversed()) step.undo();
        },
        redo: () => {
          for (const step of steps) step.redo();
        },
      });
    },

    /** Takes back this step (as from its toast), or the last one. */
    undo(step = done.get().at(-1)): Undoable | null {
      if (!step || !done.get().includes(step)) return null;
      done.set(done.get().filter((each) => each !== step));
      undone.set([...undone.get(), step]);
      step.undo();
      return step;
    },

    /** Does again what was taken back last. */
    redo(): Undoable | null {
      const step = undone.get().at(-1);
      if (!step) return null;
      undone.set(undone.get().slice(0, -1));
      done.set([...done.get(), step]);
      step.redo();
      return step;
    },
  };
}
