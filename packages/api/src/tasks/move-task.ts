import type { MutationContext } from "../core/context.ts";
import { changeTask, setOnTask } from "./change-task.ts";
import { completion } from "./completion.ts";
import { holdPlace } from "./rank.ts";
import { touched } from "./touch.ts";

type Move = { id: string; statusId: string; beforeId?: string; afterId?: string };

/**
 * Puts a task into a column, directly behind `afterId`, else directly before `beforeId`, else last.
 * Behind wins when both are given: neighbours that somebody has since parted stay in their order.
 */
export const moveTask = (ctx: MutationContext, { id, statusId, beforeId, afterId }: Move) =>
  changeTask(ctx, id, {
    change: async (tx, task) => {
      const place = { projectId: task.projectId, statusId, beforeId, afterId };
      const { status, rank } = await holdPlace(tx, place, id);
      const values = { statusId, rank, ...completion(status.category), ...touched() };
      return { sent: setOnTask(tx, id, values) };
    },
  });
