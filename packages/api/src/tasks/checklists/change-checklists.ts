/** What every verb does to the checklists of one task: finds and holds it, and counts what is ticked. */
import { schema, type Tx } from "@guildhall/db";
import { eq, inArray, sql } from "drizzle-orm";
import { loadTask, NOWHERE } from "../../core/access.ts";
import type { MutationContext } from "../../core/context.ts";
import { asMissing, notFound, refused } from "../../core/errors.ts";
import type { RecordChange, RecordedChange } from "../../core/feed/change.ts";
import { write } from "../../core/write.ts";
import { countItems } from "./count-items.ts";

const { checklists, checklistItems } = schema;

/** A page of a task holds all of them. */
export const MOST = { checklists: 50, items: 500 } as const;

export type HeldTask = Awaited<ReturnType<typeof loadTask>>;
export type Checklist = typeof checklists.$inferSelect;
export type Item = typeof checklistItems.$inferSelect;

/** In the transaction, so that a repeated call finds its answer first. */
type Find = { what: "task" | "checklist" | "checklist item"; taskId: (tx: Tx) => Promise<string> };

export const ofTask = (id: string): Find => ({ what: "task", taskId: async () => id });

export const ofChecklist = (id: string): Find => ({
  what: "checklist",
  taskId: async (tx) => (await checklistOf(tx, id))?.taskId ?? NOWHERE,
});

export const ofItem = (id: string): Find => ({
  what: "checklist item",
  taskId: async (tx) => (await itemOf(tx, id))?.taskId ?? NOWHERE,
});

export type Changing = {
  tx: Tx;
  /** Held, so that nobody else changes its checklists meanwhile. */
  task: HeldTask;
  userId: string;
  /** What is told to all who may see the task. */
  record: RecordChange;
};

export function changeChecklists<T>(
  ctx: MutationContext,
  { what, taskId }: Find,
  change: (it: Changing) => Promise<T>,
): Promise<T> {
  const userId = ctx.actor.user.id;
  return write(ctx, null, async (tx, recordIn) => {
    const id = await taskId(tx);
    const asked = loadTask(tx, userId, id, "editor", { lock: true });
    const task = await asked.catch(asMissing(what));
    const place = { scopeId: task.projectId, workspaceId: task.workspaceId };
    const record: RecordChange = (each) => recordIn({ ...place, ...each } as RecordedChange);
    const answer = await change({ tx, task, userId, record });
    await countItems(tx, record, [id]);
    return answer;
  });
}

/** Deleted ones too. */
async function checklistOf(tx: Tx, id: string): Promise<Checklist | undefined> {
  const [row] = await tx.select().from(checklists).where(eq(checklists.id, id));
  return row;
}

async function itemOf(tx: Tx, id: string): Promise<Item | undefined> {
  const [row] = await tx.select().from(checklistItems).where(eq(checklistItems.id, id));
  return row;
}

type Which = { deleted?: boolean };

/** A checklist of the held task. */
export async function loadChecklist(
  { tx, task }: Changing,
  id: string,
  { deleted = false }: Which = {},
) {
  const row = await checklistOf(tx, id);
  if (row?.taskId !== task.id || (row.deletedAt && !deleted)) throw notFound("checklist");
  return row;
}

/** An item of the held task; of a deleted checklist there is none. */
export async function loadItem(it: Changing, id: string, { deleted = false }: Which = {}) {
  const row = await itemOf(it.tx, id);
  if (row?.taskId !== it.task.id || (row.deletedAt && !deleted)) throw notFound("checklist item");
  await loadChecklist(it, row.checklistId).catch(asMissing("checklist item"));
  return row;
}

/** Those of the task that somebody could still see. */
export async function refuseTooManyItems({ tx, task }: Changing, more: number) {
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n
    from ${checklistItems} i join ${checklists} l on l.id = i.checklist_id
    where i.task_id = ${task.id} and i.deleted_at is null and l.deleted_at is null`);
  if ((row?.n ?? 0) + more <= MOST.items) return;
  throw refused(
    "too_many_checklist_items",
    `Nothing was saved: a task can have ${MOST.items} checklist items. Delete some that are no longer needed, then try again.`,
  );
}

/** Of all in one checklist, deleted ones too: they still say where. */
export const ranksIn = (tx: Tx, checklistId: string) =>
  tx
    .select({ id: checklistItems.id, rank: checklistItems.rank })
    .from(checklistItems)
    .where(eq(checklistItems.checklistId, checklistId));

export const setOnItems = (tx: Tx, ids: string[], values: Partial<Item>) =>
  tx.update(checklistItems).set(values).where(inArray(checklistItems.id, ids));
