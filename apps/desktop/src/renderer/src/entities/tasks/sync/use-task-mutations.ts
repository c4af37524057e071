import { rowOf } from "@guildhall/api/client";
import { generateKeyBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { SyncClient } from "@/sync/sync-client.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { swapOf } from "./swap-tasks.ts";
import { boardKey, type NewTask, type TaskPatch, type TaskRow, type TaskView } from "./task.ts";
import {
  archiveTasks,
  createTask,
  deleteTasks,
  moveTask,
  restoreTasks,
  updateTask,
  updateTasks,
} from "./task-mutations.ts";

export type TaskMutations = ReturnType<typeof makeTaskMutations>;

/** Everything that is done to tasks: shown at once, kept here, sent in order, and undoable. */
export function useTaskMutations(): TaskMutations {
  const sync = useSyncClient();
  const { id } = useWorkspace();
  return useMemo(() => makeTaskMutations(sync, id), [sync, id]);
}

const idsOf = (tasks: readonly TaskView[]) => tasks.map(({ id }) => id);

function makeTaskMutations(sync: SyncClient, workspaceId: string) {
  const { perform, send } = sync;
  const board = (projectId: string) =>
    sync.cache.getQueryData(boardKey(projectId))?.tasks ?? new Map<string, TaskRow>();
  /** From how they are shown after it to how they are now. */
  const swaps = (tasks: readonly TaskView[], changed: Partial<TaskView> | null) =>
    tasks.map((task) => swapOf(task.id, changed && { ...task, ...changed }, task));

  return {
    create(fields: Omit<NewTask, "id"> & { statusId: string }): string {
      const id = uuidv7();
      const input = { ...fields, id };
      const shown = newRow(input, { sync, workspaceId, others: board(fields.projectId) });
      const was = [swapOf(id, shown, null)];
      perform(workspaceId, createTask, { input, shown, was, about: fields });
      return id;
    },

    update(task: TaskView, patch: TaskPatch) {
      const was = swaps([task], patch as Partial<TaskView>);
      return perform(workspaceId, updateTask, { input: { id: task.id, patch }, was, about: task });
    },

    /**
     * Saves what is being typed. No step to undo for each pause of the typing hand: the field has its
     * own undo, and whoever ends the editing pushes one step for all of it.
     */
    describe({ id, key }: TaskView, description: string, descriptionWas: string) {
      const input = { id, patch: { description }, descriptionWas };
      return send(workspaceId, updateTask, { input, about: { key, field: "description of " } });
    },

    updateMany(tasks: readonly TaskView[], patch: TaskPatch) {
      const was = swaps(tasks, patch as Partial<TaskView>);
      return perform(workspaceId, updateTasks, {
        ...{ input: { ids: idsOf(tasks), patch }, was, about: tasks },
      });
    },

    /** Between two neighbours of the target column, as they are shown; either may be missing. */
    move(task: TaskView, to: { statusId: string; after?: TaskRow; before?: TaskRow }) {
      const { statusId, after, before } = to;
      const input = { id: task.id, statusId, afterId: after?.id, beforeId: before?.id };
      const shown = { rank: rankBetween(after?.rank, before?.rank) ?? task.rank };
      const was = swaps([task], { statusId, ...shown });
      return perform(workspaceId, moveTask, { input, shown, was, about: task });
    },

    archive(tasks: readonly TaskView[]) {
      const was = swaps(tasks, { archivedAt: new Date() });
      return perform(workspaceId, archiveTasks, {
        input: { ids: idsOf(tasks) },
        was,
        about: tasks,
      });
    },

    restore(tasks: readonly TaskView[]) {
      const was = swaps(tasks, { archivedAt: null });
      return perform(workspaceId, restoreTasks, {
        input: { ids: idsOf(tasks) },
        was,
        about: tasks,
      });
    },

    remove(tasks: readonly TaskView[]) {
      const was = swaps(tasks, null);
      return perform(workspaceId, deleteTasks, { input: { ids: idsOf(tasks) }, was, about: tasks });
    },
  };
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
    checklistTotal: 0,
    checklistDone: 0,
    version: 0,
    source: null,
    createdBy: around.sync.me.id,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
    archivedAt: null,
  };
}
