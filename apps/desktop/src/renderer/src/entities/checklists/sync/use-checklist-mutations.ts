import { generateNKeysBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import type { Checklist, ItemPatch, NewItem } from "./checklist.ts";
import {
  addChecklistItems,
  createChecklist,
  deleteChecklist,
  deleteChecklistItem,
  moveChecklist,
  moveChecklistItem,
  renameChecklist,
  updateChecklistItem,
} from "./checklist-mutations.ts";
import type { ChecklistView, ItemView } from "./checklist-view.ts";

type Ranked = { id: string; rank: string };
/** Between two neighbours, as they are shown; either may be missing. */
export type Between<T extends Ranked = Ranked> = { after?: T | undefined; before?: T | undefined };

export type ChecklistMutations = ReturnType<typeof makeChecklistMutations>;

/** What is done to checklists: shown at once, kept here, sent in order, and undoable. */
export function useChecklistMutations(): ChecklistMutations {
  const sync = useSyncClient();
  const { id } = useWorkspace();
  return useMemo(() => makeChecklistMutations(sync, id), [sync, id]);
}

function makeChecklistMutations({ perform, me }: SyncClient, workspaceId: string) {
  const by = () => ({ createdBy: me.id, createdAt: new Date() });
  return {
    create(taskId: string, title: string, last: ChecklistView | undefined): string {
      const id = uuidv7();
      const shown: Checklist = {
        id,
        taskId,
        title,
        rank: ranks({ after: last })[0] ?? "",
        ...by(),
      };
      const input = { id, taskId, title };
      const was = { id, from: shown, to: null };
      perform(workspaceId, createChecklist, { input, shown, was, about: { name: title } });
      return id;
    },

    rename({ id, title: before }: ChecklistView, title: string) {
      const was = { id, from: { title }, to: { title: before } };
      return perform(workspaceId, renameChecklist, {
        ...{ input: { id, title }, was, about: { name: before } },
      });
    },

    moveList({ id, rank, title }: ChecklistView, between: Between) {
      const shown = { rank: ranks(between)[0] ?? rank };
      const was = { id, from: shown, to: { rank } };
      const input = { id, ...idsOf(between) };
      return perform(workspaceId, moveChecklist, { input, shown, was, about: { name: title } });
    },

    removeList({ items: _, edit: _edit, ...list }: ChecklistView) {
      const { id, title } = list;
      const was = { id, from: null, to: list };
      return perform(workspaceId, deleteChecklist, { input: { id }, was, about: { name: title } });
    },

    /** Several at one place, as when lines are pasted. */
    add(
      { id: checklistId, taskId }: ChecklistView,
      items: readonly NewItem[],
      between: Between<ItemView>,
    ) {
      const at = ranks(between, items.length);
      const shown = items.map(
        ({ isDone, ...item }, i): ItemView => ({
          ...{ assigneeId: null, dueDate: null, linkedTaskId: null, ...item },
          ...{ checklistId, taskId, rank: at[i] ?? "", doneAt: isDone ? new Date() : null },
          ...by(),
        }),
      );
      const was = shown.map((item) => ({ id: item.id, from: item, to: null }));
      const name = items.length === 1 ? `“${items[0]?.text}”` : `${items.length} checklist items`;
      const input = { checklistId, items: [...items], ...idsOf(between) };
      return perform(workspaceId, addChecklistItems, { input, shown, was, about: { name } });
    },

    update(item: ItemView, patch: ItemPatch) {
      const { id, text } = item;
      const { isDone, ...fields } = patch;
      const from: Partial<ItemView> = {
        ...fields,
        ...(isDone !== undefined && { doneAt: isDone ? new Date() : null }),
      };
      const names = Object.keys(from) as (keyof ItemView)[];
      const to = Object.fromEntries(names.map((name) => [name, item[name]]));
      return perform(workspaceId, updateChecklistItem, {
        ...{ input: { id, patch }, was: [{ id, from, to }], about: { name: text } },
      });
    },

    move(item: ItemView, checklistId: string, between: Between<ItemView>) {
      const { id, text, rank } = item;
      const shown = { rank: ranks(between)[0] ?? rank };
      const was = [
        { id, from: { checklistId, ...shown }, to: { checklistId: item.checklistId, rank } },
      ];
      const input = { id, checklistId, ...idsOf(between) };
      return perform(workspaceId, moveChecklistItem, { input, shown, was, about: { name: text } });
    },

    remove({ edit: _, ...item }: ItemView) {
      const { id, text } = item;
      const was = [{ id, from: null, to: item }];
      return perform(workspaceId, deleteChecklistItem, {
        ...{ input: { id }, was, about: { name: text } },
      });
    },
  };
}

const idsOf = ({ after, before }: Between) => ({ afterId: after?.id, beforeId: before?.id });

/** None when the neighbours have no room between them; the server then finds the place. */
function ranks({ after, before }: Between, n = 1): string[] {
  if (after && before && after.rank >= before.rank) return [];
  return generateNKeysBetween(after?.rank ?? null, before?.rank ?? null, n);
}
