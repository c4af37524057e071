/**
 * Doing something, and taking it back. What takes it back is a mutation as well, so that redoing is
 * undoing that.
 */
import type { Asked, Mutations, Performing, RegisteredMutation } from "./define-mutation.ts";
import type { Outbox } from "./outbox/outbox.ts";
import type { Undoable, UndoStack } from "./undo.ts";

type Options = { mutations: Mutations; outbox: Outbox; undo: UndoStack };
/** As the engine sees what `Asked` and `Performing` type. */
type Loose = { input: object; shown?: unknown; was?: unknown; about?: unknown };
type Inverse = (done: { id: string; input: object; shown: unknown }, was: unknown) => Asked;
/** What the mutation `of` did, and what takes it back. */
type Done = { of: string; back: () => Asked | undefined };

export function createPerform({ mutations, outbox, undo }: Options) {
  function add(workspaceId: string, label: string, mutation: string, asked: Loose) {
    const { input, shown, was } = asked;
    const done = { id: outbox.nextId(), input, shown };
    const inverse = mutations.get(mutation)?.inverse as Inverse | undefined;
    const stored = outbox.add({ ...done, workspaceId, label, mutation });
    return { of: done.id, back: () => inverse?.(done, was), stored };
  }

  function pushUndo({
    workspaceId,
    label,
    ...done
  }: Done & { workspaceId: string; label: string }) {
    let { of, back }: Done = done;
    const swap = (name: "Undo" | "Redo") => () => {
      // Refused, it has changed nothing: it goes, and there is nothing to take back.
      const own = outbox.entries.get().find(({ id }) => id === of);
      if (own?.refusal) return void outbox.discard(of);
      const asked = back();
      if (asked) ({ of, back } = add(workspaceId, `${name}: ${label}`, asked.mutation, asked));
    };
    return undo.push({ label, undo: swap("Undo"), redo: swap("Redo") });
  }

  const labelOf = ({ label }: RegisteredMutation, { about }: Loose) =>
    (label as (about: unknown) => string)(about);

  return {
    /** For what was done without the outbox. */
    pushUndo,

    /** Done, and no step to undo of its own. Resolves when it is safe on this computer, if it can be. */
    send<M extends RegisteredMutation>(
      workspaceId: string,
      mutation: M,
      performing: Omit<Performing<M>, "was">,
    ): Promise<void> {
      const asked = performing as Loose;
      return add(workspaceId, labelOf(mutation, asked), mutation.path, asked).stored;
    },

    /** Shown at once, kept here, sent in order, and undoable. */
    perform<M extends RegisteredMutation>(
      workspaceId: string,
      mutation: M,
      performing: Performing<M>,
    ): Undoable {
      const asked = performing as Loose;
      const label = labelOf(mutation, asked);
      const { of, back } = add(workspaceId, label, mutation.path, asked);
      return pushUndo({ workspaceId, label, of, back });
    },
  };
}
