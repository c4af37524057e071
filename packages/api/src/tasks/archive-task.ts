import type { schema } from "@guildhall/db";
import type { MutationContext } from "../core/context.ts";
import { changeTasks, setOnTask, type TaskChange } from "./change-task.ts";
import { touched } from "./touch.ts";

type Values = Partial<typeof schema.tasks.$inferInsert>;

const setting =
  (values: (userId: string) => Values, how: Omit<TaskChange, "change"> = {}) =>
  (ctx: MutationContext, ids: string[]) =>
    changeTasks(ctx, ids, {
      ...how,
      change: async (tx, task) => {
        const sent = setOnTask(tx, task.id, { ...values(ctx.actor.user.id), ...touched() });
        return { description: how.op === "insert", sent };
      },
    });

/** Off the board, still found and counted. */
export const archiveTasks = setting((userId) => ({ archivedAt: new Date(), archivedBy: userId }));

/** Into the bin: gone from every list, its number never given again. */
export const deleteTasks = setting((userId) => ({ deletedAt: new Date(), deletedBy: userId }), {
  op: "delete",
});

/** Back from the archive or from the bin, where it stood. */
export const restoreTasks = setting(
  () => ({ archivedAt: null, archivedBy: null, deletedAt: null, deletedBy: null }),
  { op: "insert", deleted: true },
);
