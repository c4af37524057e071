import type { Tx } from "@guildhall/db";
import type { MutationContext } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import {
  changeTask,
  changeTasks,
  type LoadedTask,
  setOnTask,
  type TaskChange,
} from "./change-task.ts";
import { checkDays } from "./check-days.ts";
import { checkParent } from "./check-references.ts";
import { completion } from "./completion.ts";
import type { TaskPatch } from "./fields.ts";
import { setList, splitLists } from "./links.ts";
import { type ListProperty, patched } from "./properties.ts";
import { holdPlace } from "./rank.ts";
import { touched } from "./touch.ts";

/**
 * Changes the fields that the patch names and no other: two people who edit different fields of
 * one task both win. A new status puts the task at the end of its column.
 */
const patching = (patch: TaskPatch, descriptionWas?: string): TaskChange => ({
  change: async (tx, task) => {
    if (descriptionWas !== undefined && descriptionWas !== task.description) {
      throw descriptionChanged();
    }
    const { lists, columns } = splitLists(patch);
    const { statusId, ...fields } = columns;
    const isNewParent = fields.parentId && fields.parentId !== task.parentId;
    if (isNewParent) await checkParent(tx, task, task.id, fields.parentId ?? null);
    checkDays(patched(task, fields));
    const moved = await newColumn(tx, task, statusId);
    const sent = setOnTask(tx, task.id, { ...fields, ...moved, ...touched() });
    const listsWere: Partial<Record<ListProperty, string[]>> = {};
    for (const list of lists) listsWere[list.name] = await setList(tx, task, list);
    return { description: fields.description !== undefined, listsWere, sent };
  },
});

async function newColumn(tx: Tx, task: LoadedTask, statusId: string | undefined) {
  if (statusId === undefined || statusId === task.statusId) return {};
  const place = { projectId: task.projectId, statusId };
  const { status, rank } = await holdPlace(tx, place, task.id);
  return { statusId, rank, ...completion(status.category) };
}

const descriptionChanged = () =>
  refused(
    "description_changed",
    "Your changes weren't saved: someone else changed this description in the meantime. Open the task to compare both versions.",
  );

type Update = { id: string; patch: TaskPatch; descriptionWas?: string };

export const updateTask = (ctx: MutationContext, { id, patch, descriptionWas }: Update) =>
  changeTask(ctx, id, patching(patch, descriptionWas));

/** The same patch for many tasks: all of them, or none. */
export const updateTasks = (ctx: MutationContext, input: { ids: string[]; patch: TaskPatch }) =>
  changeTasks(ctx, input.ids, patching(input.patch));
