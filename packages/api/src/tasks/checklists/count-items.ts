/** How many items a task has, and how many of them are done, stand in its own row: boards show it. */
import { schema, type Tx } from "@guildhall/db";
import { and, inArray, isNull, sql } from "drizzle-orm";
import type { RecordChange } from "../../core/feed/change.ts";
import { readTasks } from "../queries.ts";
import { recordItems } from "./record-items.ts";

const { checklists, checklistItems, tasks } = schema;

/** Counts anew; returns those of the tasks whose numbers have changed. */
export async function countItemsOf(tx: Tx, taskIds: string[]): Promise<string[]> {
  if (taskIds.length === 0) return [];
  const counted = await tx.execute<{ id: string }>(sql`
    update ${tasks} t set checklist_total = n.total, checklist_done = n.done,
      version = t.version + 1, updated_at = now()
    from (
      select asked.id, count(l.id)::int as total,
        count(l.id) filter (where i.done_at is not null)::int as done
      from unnest(${sql.param(taskIds)}::uuid[]) as asked(id)
      left join ${checklistItems} i on i.task_id = asked.id and i.deleted_at is null
      left join ${checklists} l on l.id = i.checklist_id and l.deleted_at is null
      group by asked.id
    ) n
    where t.id = n.id
      and (t.checklist_total, t.checklist_done) is distinct from (n.total, n.done)
    returning t.id`);
  return counted.map(({ id }) => id);
}

/** Puts those of the tasks into the feed whose numbers have changed; of deleted ones nobody needs to hear. */
export async function countItems(tx: Tx, record: RecordChange, taskIds: string[]) {
  const counted = await countItemsOf(tx, taskIds);
  if (counted.length === 0) return;
  const live = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(inArray(tasks.id, counted), isNull(tasks.deletedAt)));
  for (const row of await readTasks(
    tx,
    live.map(({ id }) => id),
  )) {
    const { id, projectId: scopeId, workspaceId } = row;
    // By other numbers nobody is concerned.
    record({ entity: "task", id, op: "update", row, was: row, scopeId, workspaceId });
  }
}

/** An item that has become a task is done when that is: of tasks that were completed, or are no longer. */
export async function tickLinkedItems(tx: Tx, record: RecordChange, completed: string[]) {
  if (completed.length === 0) return;
  const ticked = await tx.execute<{ id: string; taskId: string }>(sql`
    update ${checklistItems} i set done_at = t.completed_at from ${tasks} t
    where t.id = any(${sql.param(completed)}::uuid[]) and i.linked_task_id = t.id
      and i.done_at is distinct from t.completed_at
    returning i.id, i.task_id as "taskId"`);
  await recordItems(
    tx,
    record,
    ticked.map(({ id }) => id),
  );
  await countItems(tx, record, [...new Set(ticked.map(({ taskId }) => taskId))]);
}
