import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, getTableColumns, inArray, isNull } from "drizzle-orm";
import { invariant } from "../../core/errors.ts";

const { checklists, checklistItems } = schema;

const { sourceId: _list, deletedAt: _deleted, ...checklistColumns } = getTableColumns(checklists);
const { sourceId, sourceDigest, deletedAt, ...itemColumns } = getTableColumns(checklistItems);

type ChecklistRow = Awaited<ReturnType<typeof readChecklist>>;
export type ChecklistItemRow = Awaited<ReturnType<typeof readItems>>[number];

declare module "../../core/feed/change.ts" {
  interface ChangeRows {
    checklist: ChecklistRow;
    /** Of a deleted checklist it says nothing: that was told of the checklist. */
    checklistItem: ChecklistItemRow;
  }
}

export async function readChecklist(q: Queryable, id: string) {
  const [row] = await q.select(checklistColumns).from(checklists).where(eq(checklists.id, id));
  return invariant(row, "a checklist that was just loaded");
}

/** In the order of their ranks. */
export const readItems = (q: Queryable, ids: string[]) =>
  q
    .select(itemColumns)
    .from(checklistItems)
    .where(inArray(checklistItems.id, ids))
    .orderBy(asc(checklistItems.rank), asc(checklistItems.id));

export async function readItem(q: Queryable, id: string) {
  const [row] = await readItems(q, [id]);
  return invariant(row, "an item that was just loaded");
}

/** Of these tasks, with all their items, each in its order. For callers that have already authorised. */
export async function listChecklists(q: Queryable, taskIds: string[]) {
  const lists = await q
    .select(checklistColumns)
    .from(checklists)
    .where(and(inArray(checklists.taskId, taskIds), isNull(checklists.deletedAt)))
    .orderBy(asc(checklists.rank), asc(checklists.id));
  const items = await q
    .select(itemColumns)
    .from(checklistItems)
    .innerJoin(checklists, eq(checklists.id, checklistItems.checklistId))
    .where(
      and(
        inArray(checklistItems.taskId, taskIds),
        isNull(checklistItems.deletedAt),
        isNull(checklists.deletedAt),
      ),
    )
    .orderBy(asc(checklistItems.rank), asc(checklistItems.id));
  return { checklists: lists, items };
}
