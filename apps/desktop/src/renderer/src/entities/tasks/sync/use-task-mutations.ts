import { rowOf } from "@guildhall/api/client";
import { generateKeyBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Act } from "@/sync/mutations.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import type { Undoable } from "@/sync/undo.ts";
import { pushUndoable } from "@/sync/undoable-mutation.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { swapOf, type TaskSwap } from "./swap-tasks.ts";
import type { NewTask, TaskPatch, TaskRow, TaskView } from "./task.ts";
import { boardKey } from "./task.ts";

export type TaskVerbs = ReturnType<typeof makeTaskMutations>;

/** Everything that is done to tasks: shown at once, kept here, sent in order, and undoable. */
export function useTaskMutations(): TaskVerbs {
  const sync = useSyncClient();
  const { id } = useWorkspace();
  return useMemo(() => makeTaskMutations(sync, id), [sync, id]);
}

const idsOf = (tasks: readonly TaskView[]) => tasks.map(({ id }) => id);

export function formatCount(tasks: readonly TaskView[]): string {
  const [only] = tasks;
  return only && tasks.length === 1 ? only.key : `${tasks.length} tasks`;
}

type TaskEdit = Extract<Act, { act: `tasks.${string}` }> & Pick<OutboxEntry, "shown" | "place">;

function makeTaskMutations(sync: SyncClient, workspaceId: string) {
  const { outbox } = sync;
  const board = (projectId: string) =>
    sync.cache.getQueryData(boardKey(projectId))?.tasks ?? new Map<string, TaskRow>();

  function perform(label: string, edit: TaskEdit, swaps: readonly TaskSwap[]): Undoable {
    const of = uuidv7();
    outbox.add({ ...edit, id: of, workspaceId, label });
    return pushUndoable<TaskView, TaskSwap>(sync, {
      ...{ workspaceId, label, of, swaps },
      undo: (back, of) => {
        const ids = back.map(({ id }) => id);
        return { act: "tasks.undo", input: { ids, of }, swaps: back };
      },
    });
  }

  function create(input: Omit<NewTask, "id"> & { statusId: string }): string {
    const id = uuidv7();
    const shown = newRow({ ...input, id }, { sync, workspaceId, others: board(input.projectId) });
    const label = `New task “${input.title}”`;
    const edit = { act: "tasks.create" as const, input: { ...input, id }, shown };
    perform(label, edit, [swapOf(id, shown, null)]);
    return id;
  }

  const patched = (task: TaskView, patch: TaskPatch) =>
    swapOf(task.id, { ...task, ...(patch as Partial<TaskView>) }, task);

  function update(task: TaskView, patch: TaskPatch) {
    const edit = { act: "tasks.update" as const, input: { id: task.id, patch } };
    return perform(`Edit ${task.key}`, edit, [patched(task, patch)]);
  }

  /**
   * Saves what is being typed. No step to undo for each pause of the typing hand: the field has its
   * own undo, and whoever ends the editing pushes one step for all of it.
   */
  function describe(task: TaskView, description: string, descriptionWas: string) {
    const input = { id: task.id, patch: { description }, descriptionWas };
    return outbox.add({
      act: "tasks.update",
      input,
      workspaceId,
      label: `Edit description of ${task.key}`,
    });
  }

  function updateMany(tasks: readonly TaskView[], patch: TaskPatch) {
    const edit = { act: "tasks.updateMany" as const, input: { ids: idsOf(tasks), patch } };
    const swaps = tasks.map((task) => patched(task, patch));
    return perform(`Edit ${formatCount(tasks)}`, edit, swaps);
  }

  /** Between two neighbours of the target column, as they are shown; either may be missing. */
  function move(task: TaskView, to: { statusId: string; after?: TaskRow; before?: TaskRow }) {
    const { statusId, after, before } = to;
    const input = { id: task.id, statusId, afterId: after?.id, beforeId: before?.id };
    const rank = rankBetween(after?.rank, before?.rank) ?? task.rank;
    const edit = { act: "tasks.move" as const, input, place: { rank } };
    return perform(`Move ${task.key}`, edit, [swapOf(task.id, { ...task, statusId, rank }, task)]);
  }

  function archive(tasks: readonly TaskView[]) {
    const edit = { act: "tasks.archiveMany" as const, input: { ids: idsOf(tasks) } };
    const now = new Date();
    const swaps = tasks.map((task) => swapOf(task.id, { ...task, archivedAt: now }, task));
    return perform(`Archive ${formatCount(tasks)}`, edit, swaps);
  }

  function restore(tasks: readonly TaskView[]) {
    const edit = { act: "tasks.restoreMany" as const, input: { ids: idsOf(tasks) } };
    const swaps = tasks.map((task) => swapOf(task.id, { ...task, archivedAt: null }, task));
    return perform(`Restore ${formatCount(tasks)}`, edit, swaps);
  }

  function remove(tasks: readonly TaskView[]) {
    const edit = { act: "tasks.deleteMany" as const, input: { ids: idsOf(tasks) } };
    const swaps = tasks.map((task) => swapOf(task.id, null, task));
    return perform(`Delete ${formatCount(tasks)}`, edit, swaps);
  }

  return { create, update, describe, updateMany, move, archive, restore, remove };
}

/** Null when the neighbours have no room between them; the server then finds the place. */
function rankBetween(after: string | undefined, before: string | undefined): string | null {
  if (after !== undefined && before !== undefined && after >= before) return null;
  return generateKeyBetween(after ?? null, before ?? null);
}

type Around = { sync: SyncClient; workspaceId: string; others: ReadonlyMap<string, TaskRow> };

/** The row as it will be, but for its number, which the server gives. */
function newRow(input: NewTask & { id: string; statusId: string }, around: Around): TaskRow {
  const column = [...around.others.values()].filter((t) => t.statusId === input.statusId);
  const ranks = column.map((t) => t.rank).sort();
  const rank =
    input.place === "top"
      ? generateKeyBetween(null, ranks[0] ?? null)
      : generateKeyBetween(ranks.at(-1) ?? null, null);
  const now = new Date();
  return {
    id: input.id,
    workspaceId: around.workspaceId,
    projectId: input.projectId,
    number: 0,
    key: "New",
    ...rowOf(input),
    rank,
    commentCount: 0,
    version: 0,
    source: null,
    createdBy: around.sync.me.id,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
    archivedAt: null,
  };
}
