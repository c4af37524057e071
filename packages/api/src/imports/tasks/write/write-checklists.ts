import { schema, type Tx } from "@guildhall/db";
import type { PlannedChecklist, PlannedItem } from "@guildhall/importers/tasks";
import { inArray } from "drizzle-orm";
import { generateNKeysBetween } from "fractional-indexing";
import { uuidv7 } from "uuidv7";
import type { RecordChange, RecordedChange } from "../../../core/feed/change.ts";
import { insertRows } from "../../../core/insert-rows.ts";
import { countItemsOf } from "../../../tasks/checklists/count-items.ts";
import { readItems } from "../../../tasks/checklists/queries.ts";
import { digest } from "../imported-fields.ts";
import type { ResolvedTask, TaskSteps } from "../resolve-tasks.ts";
import type { People } from "./people.ts";
import { slices } from "./slices.ts";

const { checklists, checklistItems } = schema;

type NewList = typeof checklists.$inferInsert;
type NewItem = typeof checklistItems.$inferInsert;
type Known = {
  lists: Map<string, NewList>;
  items: Map<string, typeof checklistItems.$inferSelect>;
};
type Writing = { tx: Tx; record: RecordChange; projectId: string; userId: string; people: People };

/**
 * Brings the checklists of new tasks, and of those that were here what is new in the file, or has changed
 * there and not here. What was deleted here does not come back. Returns the tasks whose numbers changed.
 */
export async function writeChecklists(writing: Writing, steps: TaskSteps): Promise<string[]> {
  const { tx } = writing;
  const here = [...steps.changed, ...steps.unchanged].filter(({ known }) => !known.deletedAt);
  const having = [...steps.added, ...here.map(({ task }) => task)].filter(
    ({ planned }) => planned.checklists.length > 0,
  );
  const touched: string[] = [];
  for (const slice of slices(having)) {
    const known = await readKnown(
      tx,
      slice.map(({ id }) => id),
    );
    const fresh = freshRows(writing, slice, known);
    await insertRows(tx, checklists, fresh.lists);
    await insertRows(tx, checklistItems, fresh.items);
    tell(writing, fresh);
    await updateKnown(writing, slice, known);
    touched.push(
      ...(await countItemsOf(
        tx,
        slice.map(({ id }) => id),
      )),
    );
  }
  return touched;
}

const keyOf = (taskId: string, sourceId: string | null | undefined) => `${taskId} ${sourceId}`;

async function readKnown(tx: Tx, taskIds: string[]): Promise<Known> {
  const lists = await tx.select().from(checklists).where(inArray(checklists.taskId, taskIds));
  const items = await tx
    .select()
    .from(checklistItems)
    .where(inArray(checklistItems.taskId, taskIds));
  return {
    lists: new Map(lists.map((row) => [keyOf(row.taskId, row.sourceId), row])),
    items: new Map(items.map((row) => [keyOf(row.taskId, row.sourceId), row])),
  };
}

/** New ones stand behind what is there. */
function freshRows({ userId, people }: Writing, tasks: ResolvedTask[], known: Known) {
  const lists: NewList[] = [];
  const items: NewItem[] = [];
  const by = { createdBy: userId, createdAt: new Date(), deletedAt: null };
  for (const { id: taskId, planned } of tasks) {
    const isNew = ({ sourceId }: PlannedChecklist) => !known.lists.has(keyOf(taskId, sourceId));
    const others = [...known.lists.values()].filter((list) => list.taskId === taskId);
    const ranks = ranksBehind(others, planned.checklists.filter(isNew).length);
    for (const list of planned.checklists) {
      const { sourceId, title } = list;
      const there = known.lists.get(keyOf(taskId, sourceId));
      if (there?.deletedAt) continue;
      const checklistId = there?.id ?? uuidv7();
      const rank = there ? there.rank : (ranks.shift() ?? "");
      if (!there) lists.push({ id: checklistId, taskId, title, rank, sourceId, ...by });
      const missing = list.items.filter((item) => !known.items.has(keyOf(taskId, item.sourceId)));
      const beside = [...known.items.values()].filter((item) => item.checklistId === checklistId);
      const itemRanks = ranksBehind(beside, missing.length);
      for (const [i, item] of missing.entries()) {
        const place = { id: uuidv7(), checklistId, taskId, rank: itemRanks[i] ?? "" };
        const source = { sourceId: item.sourceId, sourceDigest: digestOf(item) };
        items.push({ ...place, ...valuesOf(item, people), linkedTaskId: null, ...source, ...by });
      }
    }
  }
  return { lists, items };
}

function ranksBehind(others: readonly { rank: string }[], n: number): string[] {
  const last = others
    .map(({ rank }) => rank)
    .sort()
    .at(-1);
  return generateNKeysBetween(last ?? null, null, n);
}

function valuesOf({ text, isDone, dueDate, assignee }: PlannedItem, people: People) {
  const [assigneeId = null] = assignee ? people.match([assignee]).ids : [];
  return { text, doneAt: isDone ? new Date() : null, dueDate, assigneeId };
}

/** Without who it is for: who joined since is found by the next import. */
const digestOf = ({ text, isDone, dueDate }: PlannedItem) => digest([text, isDone, dueDate]);

/** What is told of rows that were just made; how an import knows them is not. */
function tell({ record, projectId: scopeId }: Writing, fresh: ReturnType<typeof freshRows>) {
  for (const { sourceId, deletedAt, ...row } of fresh.lists) {
    record({ entity: "checklist", id: row.id, op: "insert", row, scopeId } as RecordedChange);
  }
  for (const { sourceId, sourceDigest, deletedAt, ...row } of fresh.items) {
    record({ entity: "checklistItem", id: row.id, op: "insert", row, scopeId } as RecordedChange);
  }
}

async function updateKnown(
  { tx, record, projectId, people }: Writing,
  tasks: ResolvedTask[],
  known: Known,
) {
  const updated: string[] = [];
  for (const { id: taskId, planned } of tasks) {
    for (const item of planned.checklists.flatMap(({ items }) => items)) {
      const there = known.items.get(keyOf(taskId, item.sourceId));
      if (!there || there.deletedAt || there.linkedTaskId) continue;
      const isChangedThere = there.sourceDigest !== digestOf(item);
      const isChangedHere =
        there.sourceDigest !== digest([there.text, there.doneAt !== null, there.dueDate]);
      if (!isChangedThere || isChangedHere) continue;
      const { assigneeId: _, ...values } = valuesOf(item, people);
      await tx
        .update(checklistItems)
        .set({ ...values, sourceDigest: digestOf(item) })
        .where(inArray(checklistItems.id, [there.id]));
      updated.push(there.id);
    }
  }
  if (updated.length === 0) return;
  for (const row of await readItems(tx, updated)) {
    record({ entity: "checklistItem", id: row.id, op: "update", row, scopeId: projectId });
  }
}
