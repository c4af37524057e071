import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, lt } from "drizzle-orm";
import type { ChangeOf } from "../core/feed/change.ts";
import { toRoutedChange } from "../core/feed/read-feed.ts";

const { changes } = schema;

type Task = { id: string; workspaceId: string; projectId: string };
type Page = { limit: number; before?: number | null };

/** A page of history says that the description changed, not each of its 200,000 characters. */
function historyItem({ seq, op, at, actorId, row: kept }: ChangeOf<"task">) {
  if (!kept) return { seq, op, at, actorId, row: null, isDescribed: false };
  const { description, ...row } = kept;
  return { seq, op, at, actorId, row, isDescribed: description !== undefined };
}

/** The task's own changes, newest first. For callers that have already authorised. */
export async function readHistory(q: Queryable, task: Task, { limit, before }: Page) {
  const rows = await q
    .select()
    .from(changes)
    .where(
      and(
        eq(changes.entityId, task.id),
        eq(changes.entity, "task"),
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
