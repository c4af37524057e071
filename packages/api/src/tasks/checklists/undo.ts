/** Takes back what one did to a checklist or its items, by the one rule (core/feed/undo-row.ts). */
import { schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import type { MutationContext } from "../../core/context.ts";
import { unlessRefused } from "../../core/errors.ts";
import { type Counted, changedByOthers } from "../../core/feed/changed-by-others.ts";
import { momentsOf } from "../../core/feed/moments.ts";
import { undoRow } from "../../core/feed/undo-row.ts";
import { checkAssignee } from "../check-references.ts";
import {
  type Changing,
  changeChecklists,
  loadChecklist,
  loadItem,
  ofChecklist,
  ofItem,
} from "./change-checklists.ts";
import { setChecklistDeleted, setOnChecklist } from "./checklists.ts";
import { findLinked, setItemDeleted, setOnItem } from "./items.ts";
import { type ChecklistItemRow, readChecklist, readItem } from "./queries.ts";

const { checklistItems } = schema;

/** `of`: the id of one's own mutation. */
type Undo = { id: string; of: string };

export const undoChecklist = (ctx: MutationContext, { id, of }: Undo) =>
  changeChecklists(ctx, ofChecklist(id), async (it) => {
    const { tx, task, userId } = it;
    const list = await loadChecklist(it, id, { deleted: true });
    const within = sql`select id from ${checklistItems}
      where checklist_id = ${id} and deleted_at is null`;
    const isTheirs = !list.deletedAt && (await isOthersToo(it, "checklist", { id, of, within }));
    return undoRow(tx, {
      thing: { entity: "checklist", id, workspaceId: task.workspaceId },
      by: { mutationId: of, actorId: userId },
      isDeleted: list.deletedAt !== null,
      fields: ["title", "rank"],
      read: () => readChecklist(tx, id),
      set: async (values) => {
        await setOnChecklist(it, id, values);
        return [];
      },
      ...(!isTheirs && { remove: () => setChecklistDeleted(it, id, new Date()) }),
      restore: () => setChecklistDeleted(it, id, null),
    });
  });

const counted: Counted = {
  checklist: ["title"],
  checklistItem: ["checklistId", "text", "doneAt", "assigneeId", "dueDate", "linkedTaskId"],
};

/** Of what this mutation made: whether somebody else has worked on it, or on what is within it, since. */
async function isOthersToo(
  { tx, task, userId }: Changing,
  entity: "checklist" | "checklistItem",
  { id, of, within }: Undo & { within?: SQL },
) {
  const { workspaceId } = task;
  const by = { mutationId: of, actorId: userId };
  const moments = await momentsOf(tx, { entity, id, workspaceId }, by);
  if (!moments?.before.isDeleted) return false;
  const own = sql`select ${id}::uuid`;
  const ids = within ? sql`${own} union all ${within}` : own;
  return changedByOthers(tx, { workspaceId, seq: moments.lastSeq, ...by }, { ids, counted });
}

/** What one mutation did to several items, all of one task. */
export const undoItems = (ctx: MutationContext, { ids, of }: { ids: string[]; of: string }) =>
  changeChecklists(ctx, ofItem(ids[0] ?? ""), async (it) => {
    const answer = {
      items: [] as ChecklistItemRow[],
      deletedIds: [] as string[],
      left: [] as string[],
    };
    for (const id of [...new Set(ids)].sort()) {
      const { row, left } = await undoItem(it, { id, of });
      if (row) answer.items.push(row);
      else answer.deletedIds.push(id);
      answer.left.push(...left);
    }
    return answer;
  });

async function undoItem(it: Changing, { id, of }: Undo) {
  const { tx, task, userId } = it;
  const item = await loadItem(it, id, { deleted: true });
  const isTheirs = !item.deletedAt && (await isOthersToo(it, "checklistItem", { id, of }));
  return undoRow(tx, {
    thing: { entity: "checklistItem", id, workspaceId: task.workspaceId },
    by: { mutationId: of, actorId: userId },
    isDeleted: item.deletedAt !== null,
    fields: ["text", "doneAt", "assigneeId", "dueDate", "linkedTaskId", ["checklistId", "rank"]],
    read: () => readItem(tx, id),
    set: async (values) => {
      const refused = await cannotGoBack(it, values);
      for (const name of refused) delete values[name];
      // What is a task, or is one again, is as done as that is now.
      const { linkedTaskId: taskId = item.linkedTaskId } = values;
      const linked = taskId ? await findLinked(tx, task, taskId) : null;
      await setOnItem(it, item, { ...values, ...(linked && { doneAt: linked.completedAt }) });
      return refused;
    },
    ...(!isTheirs && { remove: () => setItemDeleted(it, id, new Date()) }),
    restore: () => setItemDeleted(it, id, null),
  });
}

type Back = Partial<Pick<ChecklistItemRow, "assigneeId" | "checklistId" | "rank">>;

/** Who may not see the project any more is not assigned again; nor does it go into a deleted checklist. */
async function cannotGoBack(it: Changing, { assigneeId, checklistId }: Back) {
  const isAssignable =
    !assigneeId || (await unlessRefused(() => checkAssignee(it.tx, it.task, assigneeId)));
  const isThere = !checklistId || (await unlessRefused(() => loadChecklist(it, checklistId)));
  return [
    ...(isAssignable ? [] : ["assigneeId" as const]),
    ...(isThere ? [] : ["checklistId" as const, "rank" as const]),
  ];
}
