import { schema, sendNow, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { loadTask } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import type { Op, RecordChange } from "../core/feed/change.ts";
import { isSame } from "../core/same.ts";
import { write } from "../core/write.ts";
import { tickLinkedItems } from "./checklists/count-items.ts";
import { type ListProperty, pick } from "./properties.ts";
import { ownColumns, readTask, type Task } from "./queries.ts";

const { tasks } = schema;

export type LoadedTask = Awaited<ReturnType<typeof loadTask>>;

type Changed = {
  /** Whether the description was part of it. */
  description?: boolean;
  /** The lists that it may have changed. */
  listsWere?: Partial<Record<ListProperty, string[]>>;
  /** A last statement, which travels with the reading of the row. */
  sent?: Promise<unknown>;
};

export type TaskChange = {
  /** Checks the task, which is held, and changes it. */
  change: (tx: Tx, task: LoadedTask, record: RecordChange) => Promise<Changed>;
  /** What the feed calls it; `update` unless said. */
  op?: Op;
  /** Also finds tasks in the bin. */
  deleted?: boolean;
};

/** Changes one task or several as one act: all of them, or none. */
export async function changeTasks(
  ctx: MutationContext,
  ids: string[],
  { change, op = "update", deleted = false }: TaskChange,
): Promise<Task[]> {
  const userId = ctx.actor.user.id;
  const unique = [...new Set(ids)].sort();
  return write(ctx, null, async (tx, record) => {
    const changed: Task[] = [];
    const completed: string[] = [];
    for (const id of unique) {
      const task = await loadTask(tx, userId, id, "editor", { lock: true, deleted });
      const { description, listsWere, sent } = await change(tx, task, record);
      const [row] = await Promise.all([readTask(tx, id), sent]);
      const { description: text, ...rest } = row;
      const { workspaceId, projectId } = row;
      const shown = op === "delete" ? null : description ? { ...rest, description: text } : rest;
      const was = { ...row, ...pick(task, ownColumns), ...listsWere };
      record({ entity: "task", id, op, row: shown, was, scopeId: projectId, workspaceId });
      changed.push(row);
      if (!isSame(row.completedAt, task.completedAt)) completed.push(id);
    }
    await tickLinkedItems(tx, record, completed);
    return changed;
  });
}

export async function changeTask(ctx: MutationContext, id: string, how: TaskChange): Promise<Task> {
  const [row] = await changeTasks(ctx, [id], how);
  return row as Task;
}

/** Sent, not awaited: whatever is asked next of this transaction sees it. */
export const setOnTask = (tx: Tx, id: string, values: PgUpdateSetSource<typeof tasks>) =>
  sendNow(tx, tx.update(tasks).set(values).where(eq(tasks.id, id)));
