import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { defineEntity, put } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";
import { type Checklist, type ChecklistItem, checklistsKey } from "./checklist.ts";

export const checklistPatch = defineEntity("checklist", (tx, { id, op, row }) => {
  if (!row) {
    // Its items stay: they come back with it.
    return tx.updateAll(queryPrefix("checklists.list"), (all) => ({
      ...all,
      checklists: all.checklists.filter((list) => list.id !== id),
    }));
  }
  putChecklist(tx, row);
  // Back from the bin it may bring items that were never told to me.
  if (op === "insert") tx.invalidateCached(checklistsKey(row.taskId));
});

export const checklistItemPatch = defineEntity("checklistItem", (tx, { id, row }, place) => {
  const { workspaceId, myId } = place;
  // Tasks of which an item is mine are among mine.
  if (row?.assigneeId === myId) tx.invalidateCached(queryKey("tasks.mine", { workspaceId }));
  if (row) return putItem(tx, row);
  tx.updateAll(queryPrefix("checklists.list"), (all) => ({
    ...all,
    items: all.items.filter((item) => item.id !== id),
  }));
});

export const putChecklist = (tx: CacheTransaction, row: Checklist) =>
  tx.update(checklistsKey(row.taskId), (all) => ({
    ...all,
    checklists: put(all.checklists, row, ({ id }) => id === row.id),
  }));

export const putItem = (tx: CacheTransaction, row: ChecklistItem) =>
  tx.update(checklistsKey(row.taskId), (all) => ({
    ...all,
    items: put(all.items, row, ({ id }) => id === row.id),
  }));
