/** What is done to tasks, each with how it shows at once, what its answer says, and its way back. */
import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { type Asked, mutationsOf } from "@/sync/define-mutation.ts";
import type { Edit } from "@/sync/optimistic.ts";
import { reportLeft } from "@/sync/report-left.ts";
import { reversed } from "@/sync/swap.ts";
import { swapped, type TaskSwap } from "./swap-tasks.ts";
import type { Task, TaskPatch, TaskRow, TaskView } from "./task.ts";
import { deleteTask, putTask } from "./task-patches.ts";
import { formatCount, type Tasks, taskView } from "./task-view.ts";

const defineMutation = mutationsOf(taskView);

const putAll = (tx: CacheTransaction, tasks: readonly Task[]) => {
  for (const task of tasks) putTask(tx, task);
};

/** The server knows by the mutation's id how each task was before it. */
const inverse = ({ id: of }: { id: string }, swaps: readonly TaskSwap[]): Asked => ({
  mutation: "tasks.undo",
  input: { ids: swaps.map(({ id }) => id), of },
  shown: swaps,
});

export const createTask = defineMutation("tasks.create", {
  label: ({ title }: { title: string }) => `New task “${title}”`,
  apply: ({ tasks, projectId }, _input, edit, row: TaskRow | undefined) => {
    if (row?.projectId === projectId) edit.insert(tasks, row);
  },
  onAnswer: putTask,
  inverse,
  creates: ({ id }) => id,
});

export const updateTask = defineMutation("tasks.update", {
  label: ({ key, field = "" }: { key: string; field?: string }) => `Edit ${field}${key}`,
  apply: ({ tasks }, { id, patch }, edit) => edit.patch(tasks, [id], shownPatch(patch)),
  onAnswer: putTask,
  inverse,
});

export const updateTasks = defineMutation("tasks.updateMany", {
  label: (tasks: readonly TaskView[]) => `Edit ${formatCount(tasks)}`,
  apply: ({ tasks }, { ids, patch }, edit) => edit.patch(tasks, ids, shownPatch(patch)),
  onAnswer: putAll,
  inverse,
});

export const moveTask = defineMutation("tasks.move", {
  label: ({ key }: TaskView) => `Move ${key}`,
  apply: ({ tasks }, { id, statusId }, edit, place: { rank: string } | undefined) =>
    edit.patch(tasks, [id], { statusId, ...place }),
  onAnswer: putTask,
  inverse,
});

export const archiveTasks = defineMutation("tasks.archiveMany", {
  label: (tasks: readonly TaskView[]) => `Archive ${formatCount(tasks)}`,
  apply: ({ tasks }, { ids }, edit) => edit.patch(tasks, ids, { archivedAt: edit.at }),
  onAnswer: putAll,
  inverse,
});

export const restoreTasks = defineMutation("tasks.restoreMany", {
  label: (tasks: readonly TaskView[]) => `Restore ${formatCount(tasks)}`,
  apply: ({ tasks }, { ids }, edit) => edit.patch(tasks, ids, { archivedAt: null }),
  onAnswer: putAll,
  inverse,
});

export const deleteTasks = defineMutation("tasks.deleteMany", {
  label: (tasks: readonly TaskView[]) => `Delete ${formatCount(tasks)}`,
  apply: ({ tasks }, { ids }, edit) => edit.delete(tasks, ids),
  onAnswer: (tx, { ids }) => {
    for (const id of ids) deleteTask(tx, id);
  },
  inverse,
});

export const undoTasks = defineMutation("tasks.undo", {
  label: (label: string) => label,
  apply: (state, { ids }, edit, swaps: readonly TaskSwap[] = []) => {
    if (edit.isRefused) edit.patch(state.tasks, ids);
    else for (const swap of swaps) applySwap(state, swap, edit);
  },
  onAnswer: (tx, { tasks, deletedIds, left }) => {
    putAll(tx, tasks);
    for (const id of deletedIds) deleteTask(tx, id);
    reportLeft(left, new Map(tasks.map(({ id, key }) => [id, key])));
  },
  inverse: ({ id, shown = [] }) => inverse({ id }, shown.map(reversed)),
});

function applySwap({ tasks, projectId }: Tasks, swap: TaskSwap, edit: Edit) {
  const { id, from, to } = swap;
  if (!to) edit.delete(tasks, [id]);
  else if (tasks.current.has(id)) edit.patch(tasks, [id], (task) => swapped(task, swap));
  else if (!from && to.projectId === projectId) edit.insert(tasks, to as TaskView);
}

/** As the views have it: a patch of the router may hold what a row does not. */
const shownPatch = (patch: TaskPatch) => patch as Partial<TaskView>;
