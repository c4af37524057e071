import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { changeTask } from "./change-task.ts";
import { completion } from "./completion.ts";
import { holdColumn, rankAt } from "./rank.ts";
import { touched } from "./touch.ts";

const { tasks } = schema;

type Move = { id: string; statusId: string; beforeId?: string; afterId?: string };

/**
 * Puts a task into a column, directly behind `afterId`, else directly before `beforeId`, else last.
 * Behind wins when both are given: neighbours that somebody has since parted stay in their order.
 */
export const moveTask = (ctx: MutationContext, { id, statusId, beforeId, afterId }: Move) =>
  changeTask(ctx, id, {
    change: async (tx, task) => {
      const status = await holdColumn(tx, task.projectId, statusId);
      const place = { projectId: task.projectId, statusId, beforeId, afterId };
      const rank = await rankAt(tx, place, id);
      await tx
        .update(tasks)
        .set({ statusId, rank, ...completion(status.category), ...touched() })
        .where(eq(tasks.id, id));
      return {};
    },
  });
