/** The checklists of a task with what waits in the outbox. */
import { defineView } from "@/sync/define-mutation.ts";
import { ChangedRows } from "@/sync/optimistic.ts";
import type { EditMark } from "@/sync/outbox/edit-mark.ts";
import type { Checklist, ChecklistItem, ChecklistsOfTask } from "./checklist.ts";

export type ItemView = ChecklistItem & { edit?: EditMark };
type ChecklistRow = Checklist & { edit?: EditMark };
/** With its items, both in their order. */
export type ChecklistView = ChecklistRow & { items: ItemView[] };

export type Checklists = {
  checklists: ChangedRows<ChecklistRow>;
  items: ChangedRows<ItemView>;
  taskId: string;
};

export const checklistView = defineView<Checklists>("checklists");

const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((r) => [r.id, r]));

export const checklistsIn = (
  { checklists, items }: ChecklistsOfTask,
  taskId: string,
): Checklists => ({
  checklists: new ChangedRows<ChecklistRow>(byId(checklists)),
  items: new ChangedRows<ItemView>(byId(items)),
  taskId,
});

type Ranked = { id: string; rank: string };
/** As the server orders them: byte by byte, and those of one rank by their ids. */
const byRank = (a: Ranked, b: Ranked) =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1;

/** An item whose checklist is deleted is in none of them. */
export function inOrder({ checklists, items }: Checklists): ChecklistView[] {
  const byList = Map.groupBy(items.current.values(), (item) => item.checklistId);
  return [...checklists.current.values()]
    .sort(byRank)
    .map((list) => ({ ...list, items: (byList.get(list.id) ?? []).sort(byRank) }));
}
