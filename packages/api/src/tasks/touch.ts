import { schema, type Tx } from "@guildhall/db";
import { eq, inArray, sql } from "drizzle-orm";
import type { RecordChange } from "../core/feed/change.ts";
import { readTasks } from "./queries.ts";

const { tasks, taskLabels } = schema;

/** What every change of a task also changes. */
export const touched = () => ({ version: sql`${tasks.version} + 1`, updatedAt: new Date() });

/** Puts tasks into the feed whose own row stayed, but not what hangs on it (labels, assignees). */
export async function touchTasks(tx: Tx, record: RecordChange, ids: string[]) {
  if (ids.length === 0) return;
  await tx.update(tasks).set(touched()).where(inArray(tasks.id, ids));
  await recordTasks(tx, record, ids);
}

/** Records an update for each task as it stands; of deleted ones nobody needs to hear. */
export async function recordTasks(tx: Tx, record: RecordChange, ids: string[]) {
  if (ids.length === 0) return;
  const gone = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(sql`${inArray(tasks.id, ids)} and ${tasks.deletedAt} is not null`);
  const deleted = new Set(gone.map((g) => g.id));
  for (const row of await readTasks(tx, ids)) {
    if (deleted.has(row.id)) continue;
    const { id, projectId: scopeId, workspaceId } = row;
    record({ entity: "task", id, op: "update", row, scopeId, workspaceId });
  }
}

export async function tasksWithLabel(tx: Tx, labelId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: taskLabels.taskId })
    .from(taskLabels)
    .where(eq(taskLabels.labelId, labelId));
  return rows.map((r) => r.id);
}
