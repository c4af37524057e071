import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { ChangeOf, Op } from "../core/feed/change.ts";
import { toRoutedChange } from "../core/feed/read-feed.ts";

const { changes, checklistItems, checklists } = schema;

type Task = { id: string; workspaceId: string; projectId: string };
type Page = { limit: number; before?: number | null };

type ItemOf<E extends "task" | "checklist" | "checklistItem"> = {
  seq: number;
  entity: E;
  /** Of the task, the checklist or the item. */
  id: string;
  op: Op;
  at: Date;
  actorId: string | null;
  /** After it; null when it was deleted. A task's without its description. */
  row: Omit<NonNullable<ChangeOf<E>["row"]>, "description"> | null;
  isDescribed: boolean;
};
export type HistoryItem = ItemOf<"task"> | ItemOf<"checklist"> | ItemOf<"checklistItem">;

/** A page of history says that the description changed, not each of its 200,000 characters. */
function historyItem({ seq, entity, id, op, at, actorId, row: kept }: ChangeOf<"task">) {
  const { description, ...row } = kept ?? {};
  const item = { seq, entity, id, op, at, actorId, row: kept && row };
  return { ...item, isDescribed: description !== undefined } as HistoryItem;
}

/** The task's own changes and those of its checklists, newest first. For callers that have already authorised. */
export async function readHistory(q: Queryable, task: Task, { limit, before }: Page) {
  const ids = sql`array(select ${task.id}::uuid
    union all select id from ${checklists} where task_id = ${task.id}
    union all select id from ${checklistItems} where task_id = ${task.id})`;
  const rows = await q
    .select()
    .from(changes)
    .where(
      and(
        sql`${changes.entityId} = any(${ids})`,
        inArray(changes.entity, ["task", "checklist", "checklistItem"]),
        eq(changes.workspaceId, task.workspaceId),
        // The id alone would do today; but what was written in another project stays there.
        eq(changes.scopeId, task.projectId),
        before == null ? undefined : lt(changes.seq, before),
      ),
    )
    .orderBy(desc(changes.seq))
    .limit(limit + 1);
  const items = rows
    .slice(0, limit)
    .map((row) => historyItem(toRoutedChange(row) as ChangeOf<"task">));
  return { items, nextBefore: rows.length > limit ? (items.at(-1)?.seq ?? null) : null };
}
