/** What the person did last, newest last, each with the act that takes it back. */
import { createValue } from "./value.ts";

export type Undoable = { label: string; undo: () => void };

const KEPT = 50;

export function createUndoStack() {
  const stack = createValue<readonly Undoable[]>([]);
  return {
    push(step: Undoable): Undoable {
      stack.set([...stack.get().slice(1 - KEPT), step]);
      return step;
    },
    /** Takes back this step (as from its toast), or the last one. */
    undo(step = stack.get().at(-1)): Undoable | null {
      if (!step || !stack.get().includes(step)) return null;
      stack.set(stack.get().filter((s) => s !== step));
      step.undo();
      return step;
    },
  };
}
