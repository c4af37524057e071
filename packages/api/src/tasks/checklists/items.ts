import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../../core/context.ts";
import { invariant, notFound, refused } from "../../core/errors.ts";
import { isEmptyPatch } from "../../core/patch.ts";
import { checkAssignee } from "../check-references.ts";
import {
  type Changing,
  changeChecklists,
  type Item,
  loadChecklist,
  loadItem,
  ofChecklist,
  ofItem,
  ranksIn,
  refuseTooManyItems,
  setOnItems,
} from "./change-checklists.ts";
import { readItem, readItems } from "./queries.ts";
import { type Beside, ranksBeside } from "./rank.ts";

const { checklistItems, tasks } = schema;

export type ItemPatch = {
  text?: string | undefined;
  isDone?: boolean | undefined;
  assigneeId?: string | null | undefined;
  dueDate?: string | null | undefined;
  linkedTaskId?: string | null | undefined;
};

type NewItem = ItemPatch & { id?: string | undefined; text: string };
type NewItems = Beside & { checklistId: string; items: NewItem[] };

/** In their order at one place, as when several lines are pasted; at the end unless said. */
export const addItems = (ctx: MutationContext, { checklistId, items, ...beside }: NewItems) =>
  changeChecklists(ctx, ofChecklist(checklistId), async (it) => {
    const { tx, task, userId, record } = it;
    await loadChecklist(it, checklistId);
    await refuseTooManyItems(it, items.length);
    const ranks = ranksBeside(await ranksIn(tx, checklistId), beside, items.length);
    const place = { checklistId, taskId: task.id, createdBy: userId };
    const rows: (typeof checklistItems.$inferInsert)[] = [];
    for (const [i, { id = uuidv7(), text, ...patch }] of items.entries()) {
      const rank = ranks[i] ?? "";
      rows.push({ id, text, rank, ...place, ...(await valuesOf(it, patch, null)) });
    }
    await tx.insert(checklistItems).values(rows);
    const added = await readItems(
      tx,
      rows.map(({ id }) => id),
    );
    for (const row of added) record({ entity: "checklistItem", id: row.id, op: "insert", row });
    return added;
  });

/** Changes what the patch names and nothing else: two people who change different things both win. */
export const updateItem = (ctx: MutationContext, { id, patch }: { id: string; patch: ItemPatch }) =>
  changeChecklists(ctx, ofItem(id), async (it) => {
    const item = await loadItem(it, id);
    return setOnItem(it, item, await valuesOf(it, patch, item));
  });

export async function setOnItem({ tx, record }: Changing, was: Item, values: Partial<Item>) {
  const { id } = was;
  if (!isEmptyPatch(values)) await setOnItems(tx, [id], values);
  const row = await readItem(tx, id);
  record({ entity: "checklistItem", id, op: "update", row, was });
  return row;
}

/** What a patch makes of an item, or of a new one; every id in it is authorised. */
async function valuesOf(
  { tx, task }: Changing,
  { isDone, ...patch }: ItemPatch,
  item: Item | null,
): Promise<Partial<Item>> {
  const { text, assigneeId, dueDate, linkedTaskId } = patch;
  if (assigneeId && assigneeId !== item?.assigneeId) await checkAssignee(tx, task, assigneeId);
  const willBe = linkedTaskId === undefined ? item?.linkedTaskId : linkedTaskId;
  const linked = willBe ? await findLinked(tx, task, willBe) : null;
  if (linkedTaskId && (!linked || linked.id === task.id)) throw notFound("task");
  const isAsked = text !== undefined || isDone !== undefined || assigneeId || dueDate;
  if (linked && item && isAsked && !linkedTaskId) throw isTask();
  const values = Object.entries(patch).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(values),
    ...(isDone !== undefined && { doneAt: isDone ? (item?.doneAt ?? new Date()) : null }),
    ...(linked && { doneAt: linked.completedAt }),
  };
}

const isTask = () =>
  refused(
    "item_is_task",
    "Nothing was changed: this item has become a task. Change the task instead.",
  );

/** Of the same project, so that whoever sees one sees the other. */
export async function findLinked(tx: Tx, { projectId }: { projectId: string }, id: string) {
  const [row] = await tx
    .select({ id: tasks.id, completedAt: tasks.completedAt })
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.projectId, projectId), isNull(tasks.deletedAt)));
  return row;
}

type Move = Beside & { id: string; checklistId?: string | undefined };

/** Within its checklist, or into another one of the same task. */
export const moveItem = (ctx: MutationContext, { id, checklistId, ...beside }: Move) =>
  changeChecklists(ctx, ofItem(id), async (it) => {
    const item = await loadItem(it, id);
    const target = checklistId ?? item.checklistId;
    await loadChecklist(it, target);
    const others = (await ranksIn(it.tx, target)).filter((other) => other.id !== id);
    const [rank] = ranksBeside(others, beside);
    return setOnItem(it, item, {
      checklistId: target,
      rank: invariant(rank, "one rank was asked"),
    });
  });

export const deleteItem = (ctx: MutationContext, { id }: { id: string }) =>
  changeChecklists(ctx, ofItem(id), async (it) => {
    await loadItem(it, id);
    await setItemDeleted(it, id, new Date());
    return { id };
  });

export async function setItemDeleted({ tx, record }: Changing, id: string, deletedAt: Date | null) {
  await setOnItems(tx, [id], { deletedAt });
  const row = deletedAt ? null : await readItem(tx, id);
  record({ entity: "checklistItem", id, op: deletedAt ? "delete" : "insert", row });
}
