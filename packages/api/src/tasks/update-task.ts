import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { changeTask, changeTasks, type LoadedTask, type TaskChange } from "./change-task.ts";
import { checkParent } from "./check-references.ts";
import { completion } from "./completion.ts";
import type { TaskPatch } from "./fields.ts";
import { setAssignees, setBlockers, setLabels } from "./links.ts";
import { holdColumn, rankAt } from "./rank.ts";
import { touched } from "./touch.ts";

const { tasks } = schema;

/**
 * Changes the fields that the patch names and no other: two people who edit different fields of
 * one task both win. A new status puts the task at the end of its column.
 */
const patching = (patch: TaskPatch): TaskChange => ({
  change: async (tx, task) => {
    const { assigneeIds, labelIds, blockedByIds, statusId, ...fields } = patch;
    if (fields.parentId) await checkParent(tx, task, task.id, fields.parentId);
    const moved = await newColumn(tx, task, statusId);
    await tx
      .update(tasks)
      .set({ ...fields, ...moved, ...touched() })
      .where(eq(tasks.id, task.id));
    if (assigneeIds) await setAssignees(tx, task, task.id, assigneeIds);
    if (labelIds) await setLabels(tx, task, task.id, labelIds);
    if (blockedByIds) await setBlockers(tx, task, task.id, blockedByIds);
    return { description: fields.description !== undefined };
  },
});

async function newColumn(tx: Tx, task: LoadedTask, statusId: string | undefined) {
  if (statusId === undefined || statusId === task.statusId) return {};
  const status = await holdColumn(tx, task.projectId, statusId);
  const rank = await rankAt(tx, { projectId: task.projectId, statusId }, task.id);
  return { statusId, rank, ...completion(status.category) };
}

export const updateTask = (ctx: MutationContext, input: { id: string; patch: TaskPatch }) =>
  changeTask(ctx, input.id, patching(input.patch));

/** The same patch for many tasks: all of them, or none. */
export const updateTasks = (ctx: MutationContext, input: { ids: string[]; patch: TaskPatch }) =>
  changeTasks(ctx, input.ids, patching(input.patch));
