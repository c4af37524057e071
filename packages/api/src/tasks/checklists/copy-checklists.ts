import { schema } from "@guildhall/db";
import { uuidv7 } from "uuidv7";
import { loadTask } from "../../core/access.ts";
import { notFound } from "../../core/errors.ts";
import type { RecordedChange } from "../../core/feed/change.ts";
import { insertRows } from "../../core/insert-rows.ts";
import { assignable } from "../check-references.ts";
import type { Changing } from "./change-checklists.ts";
import { countItems } from "./count-items.ts";
import { listChecklists } from "./queries.ts";

const { checklists, checklistItems } = schema;

/**
 * Gives a new task the checklists of another one of its project. What has become a task there is a
 * plain item here; who may not be assigned any more is not.
 */
export async function copyChecklists(
  { tx, task, userId, record }: Pick<Changing, "tx" | "userId" | "record"> & { task: Home },
  fromId: string,
) {
  const { projectId: scopeId, workspaceId } = task;
  const from = await loadTask(tx, userId, fromId, "viewer");
  if (from.projectId !== scopeId) throw notFound("task");
  const all = await listChecklists(tx, [fromId]);
  const ids = new Map(all.checklists.map(({ id }) => [id, uuidv7()]));
  const people = all.items.flatMap(({ assigneeId }) => assigneeId ?? []);
  const assigned = new Set(await assignable(tx, task, people));
  const own = { taskId: task.id, createdBy: userId, createdAt: new Date() };
  const lists = all.checklists.map((list) => ({ ...list, ...own, id: ids.get(list.id) ?? "" }));
  const items = all.items.map((item) => ({
    ...{ ...item, ...own, id: uuidv7(), linkedTaskId: null },
    checklistId: ids.get(item.checklistId) ?? "",
    assigneeId: item.assigneeId && assigned.has(item.assigneeId) ? item.assigneeId : null,
  }));
  if (lists.length > 0) await insertRows(tx, checklists, lists);
  if (items.length > 0) await insertRows(tx, checklistItems, items);
  const tell = (change: Pick<RecordedChange, "entity" | "id" | "row">) =>
    record({ ...change, op: "insert", scopeId, workspaceId } as RecordedChange);
  for (const row of lists) tell({ entity: "checklist", id: row.id, row });
  for (const row of items) tell({ entity: "checklistItem", id: row.id, row });
  await countItems(tx, record, [task.id]);
}

type Home = { id: string; projectId: string; workspaceId: string };
