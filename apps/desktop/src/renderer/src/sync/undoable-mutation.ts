/**
 * One mutation and its way back. The server knows by the mutation's id how everything was before it,
 * and what somebody else has changed since (packages/api/src/core/moments.ts): so an undo names that
 * id. It is a mutation as well, and redoing is undoing that.
 */
import { uuidv7 } from "uuidv7";
import type { Act } from "./mutations.ts";
import type { OutboxEntry } from "./outbox/outbox-store.ts";
import type { SyncClient } from "./sync-client.ts";
import type { Undoable } from "./undo.ts";

/** How something was shown on one side of a mutation and on the other; null: it was not there. */
export type Swap<View> = { id: string; from: Partial<View> | null; to: Partial<View> | null };

export const reversed = <View, S extends Swap<View>>(swap: S): S => ({
  ...swap,
  from: swap.to,
  to: swap.from,
});

type Undoing<S> = {
  workspaceId: string;
  label: string;
  /** The mutation's id. */
  of: string;
  /** From how it is shown after the mutation to how it was before. */
  swaps: readonly S[];
  /** The undo of the mutation `of`, as it waits in the outbox. */
  undo: (swaps: S[], of: string) => Act & Pick<OutboxEntry, "swaps" | "documentSwap">;
};

/** For a mutation that is in the outbox, or was answered. */
export function pushUndoable<View, S extends Swap<View>>(
  { outbox, undo }: Pick<SyncClient, "outbox" | "undo">,
  undoing: Undoing<S>,
): Undoable {
  const { workspaceId, label } = undoing;
  let last = undoing.of;
  let back = [...undoing.swaps];
  const swap = (name: "Undo" | "Redo") => () => {
    // Refused, it has changed nothing: it goes, and there is nothing to take back.
    const own = outbox.entries.get().find(({ id }) => id === last);
    if (own?.refusal) return void outbox.discard(last);
    const mutation = undoing.undo(back, last);
    last = uuidv7();
    back = back.map((each) => reversed<View, S>(each));
    outbox.add({ ...mutation, id: last, workspaceId, label: `${name}: ${label}` });
  };
  return undo.push({ label, undo: swap("Undo"), redo: swap("Redo") });
}
