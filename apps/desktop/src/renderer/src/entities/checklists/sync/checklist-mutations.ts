/** What is done to checklists and their items: how it shows at once, and its way back. */
import { type Asked, mutationsOf } from "@/sync/define-mutation.ts";
import type { ChangedRows, Edit } from "@/sync/optimistic.ts";
import { reportLeft } from "@/sync/report-left.ts";
import { reversed, type Swap } from "@/sync/swap.ts";
import type { Checklist, ItemPatch } from "./checklist.ts";
import { putChecklist, putItem } from "./checklist-patches.ts";
import { checklistView, type ItemView } from "./checklist-view.ts";

const defineMutation = mutationsOf(checklistView);

type ListSwap = Swap<Checklist>;
type ItemSwap = Swap<ItemView>;
/** What is named in the list of what waits, and of what can be undone. */
type Named = { name: string };

/** The server knows by the mutation's id how each was before it, and what has been changed since. */
const inverse = ({ id: of }: { id: string }, swap: ListSwap): Asked => ({
  mutation: "checklists.undo",
  input: { id: swap.id, of },
  shown: swap,
});
const inverseOfItems = ({ id: of }: { id: string }, swaps: readonly ItemSwap[]): Asked => ({
  mutation: "checklists.undoItems",
  input: { ids: swaps.map(({ id }) => id), of },
  shown: swaps,
});

export const createChecklist = defineMutation("checklists.create", {
  label: ({ name }: Named) => `Add the checklist “${name}”`,
  apply: ({ checklists, taskId }, input, edit, shown: Checklist | undefined) => {
    if (shown && input.taskId === taskId) edit.insert(checklists, shown);
  },
  onAnswer: putChecklist,
  inverse,
});

export const renameChecklist = defineMutation("checklists.rename", {
  label: ({ name }: Named) => `Rename the checklist “${name}”`,
  apply: ({ checklists }, { id, title }, edit) => edit.patch(checklists, [id], { title }),
  onAnswer: putChecklist,
  inverse,
});

type Place = { rank: string };

export const moveChecklist = defineMutation("checklists.move", {
  label: ({ name }: Named) => `Move the checklist “${name}”`,
  apply: ({ checklists }, { id }, edit, shown: Place | undefined) =>
    edit.patch(checklists, [id], { ...shown }),
  onAnswer: putChecklist,
  inverse,
});

export const deleteChecklist = defineMutation("checklists.delete", {
  label: ({ name }: Named) => `Delete the checklist “${name}”`,
  apply: ({ checklists }, { id }, edit) => edit.delete(checklists, [id]),
  inverse,
});

export const undoChecklist = defineMutation("checklists.undo", {
  label: (label: string) => label,
  apply: ({ checklists }, { id }, edit, swap: ListSwap | undefined) =>
    swap ? applySwap(checklists, swap, edit) : edit.patch(checklists, [id]),
  onAnswer: (tx, { row, left }) => {
    if (row) putChecklist(tx, row);
    reportLeft(left, new Map(row ? [[row.id, `“${row.title}”`]] : []));
  },
  inverse: ({ id, shown }) => inverse({ id }, reversed(shown as ListSwap)),
});

export const addChecklistItems = defineMutation("checklists.addItems", {
  label: ({ name }: Named) => `Add ${name}`,
  apply: ({ items, taskId }, _input, edit, shown: readonly ItemView[] = []) => {
    for (const item of shown) if (item.taskId === taskId) edit.insert(items, item);
  },
  onAnswer: (tx, rows) => {
    for (const row of rows) putItem(tx, row);
  },
  inverse: inverseOfItems,
});

export const updateChecklistItem = defineMutation("checklists.updateItem", {
  label: ({ name }: Named) => `Edit “${name}”`,
  apply: ({ items }, { id, patch }, edit) => edit.patch(items, [id], shownPatch(patch, edit.at)),
  onAnswer: putItem,
  inverse: inverseOfItems,
});

export const moveChecklistItem = defineMutation("checklists.moveItem", {
  label: ({ name }: Named) => `Move “${name}”`,
  apply: ({ items }, { id, checklistId }, edit, shown: Place | undefined) =>
    edit.patch(items, [id], { checklistId, ...shown } as Partial<ItemView>),
  onAnswer: putItem,
  inverse: inverseOfItems,
});

export const deleteChecklistItem = defineMutation("checklists.deleteItem", {
  label: ({ name }: Named) => `Delete “${name}”`,
  apply: ({ items }, { id }, edit) => edit.delete(items, [id]),
  inverse: inverseOfItems,
});

export const undoChecklistItems = defineMutation("checklists.undoItems", {
  label: (label: string) => label,
  apply: ({ items }, { ids }, edit, swaps: readonly ItemSwap[] = []) => {
    if (edit.isRefused) edit.patch(items, ids);
    else for (const swap of swaps) applySwap(items, swap, edit);
  },
  onAnswer: (tx, { items, left }) => {
    for (const row of items) putItem(tx, row);
    reportLeft(left, new Map(items.map(({ id, text }) => [id, `“${text}”`])));
  },
  inverse: ({ id, shown = [] }) => inverseOfItems({ id }, shown.map(reversed)),
});

function applySwap<Row extends { id: string }>(
  rows: ChangedRows<Row>,
  { id, from, to }: Swap<Row>,
  edit: Edit,
) {
  if (edit.isRefused) edit.patch(rows, [id]);
  else if (!to) edit.delete(rows, [id]);
  else if (!from) edit.insert(rows, to as Row);
  else edit.patch(rows, [id], (now) => swapped(now, from, to));
}

/** What nobody has changed since goes back. */
function swapped<Row extends object>(now: Row, from: Partial<Row>, to: Partial<Row>) {
  const names = (Object.keys(to) as (keyof Row)[]).filter((name) => isSame(now[name], from[name]));
  return Object.fromEntries(names.map((name) => [name, to[name]])) as Partial<Row>;
}

/** Of what is done only whether it is; of a place that the server has chosen anew, nothing. */
const isSame = (a: unknown, b: unknown) => a === b || (a instanceof Date && b instanceof Date);

const shownPatch = ({ isDone, ...patch }: ItemPatch, at: Date): Partial<ItemView> => ({
  ...patch,
  ...(isDone !== undefined && { doneAt: isDone ? at : null }),
});
