import type { schema } from "@guildhall/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { changeTasks, type LoadedTask, setOnTask, type TaskChange } from "./change-task.ts";
import { touched } from "./touch.ts";

type Values = Partial<typeof schema.tasks.$inferInsert>;

const setting =
  (values: (userId: string, task: LoadedTask) => Values, how: Omit<TaskChange, "change"> = {}) =>
  (ctx: MutationContext, ids: string[]) =>
    changeTasks(ctx, ids, {
      ...how,
      change: async (tx, task) => {
        const changed = values(ctx.actor.user.id, task);
        const sent = setOnTask(tx, task.id, { ...changed, ...touched() });
        return { description: how.op === "insert", sent };
      },
    });

/** Off the board, still found and counted. */
export const archiveTasks = setting((userId) => ({ archivedAt: new Date(), archivedBy: userId }));

/** Into the bin: gone from every list, its number never given again. */
export const deleteTasks = (ctx: MutationContext, ids: string[]) =>
  changeTasks(ctx, ids, {
    op: "delete",
    change: async (tx, task) => {
      const { id, workspaceId, projectKey, number, title } = task;
      const deletedBy = ctx.actor.user.id;
      await recordAudit(tx, ctx, {
        ...{ action: "task.deleted", workspaceId },
        subject: { id, name: `${projectKey}-${number} ${title}` },
      });
      const sent = setOnTask(tx, id, { deletedAt: new Date(), deletedBy, ...touched() });
      return { description: false, sent };
    },
  });

/** Back from the bin as it was, archived or not; else back from the archive, where it stood. */
export const restoreTasks = setting(
  (_, task) =>
    task.deletedAt ? { deletedAt: null, deletedBy: null } : { archivedAt: null, archivedBy: null },
  { op: "insert", deleted: true },
);
