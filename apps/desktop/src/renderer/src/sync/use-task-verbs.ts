import { generateKeyBetween } from "fractional-indexing";
import { useMemo } from "react";
import { uuidv7 } from "uuidv7";
import { keys } from "./keys.ts";
import type { Room } from "./room.ts";
import type { Board, NewTask, TaskPatch, TaskRow, TaskView } from "./shapes.ts";
import { useRoom } from "./use-room.ts";
import { useWorkspace } from "./use-workspace.ts";

export type TaskVerbs = ReturnType<typeof makeTaskVerbs>;

/** Everything that is done to tasks: shown at once, kept here, sent in order, and undoable. */
export function useTaskVerbs(): TaskVerbs {
  const room = useRoom();
  const { id } = useWorkspace();
  return useMemo(() => makeTaskVerbs(room, id), [room, id]);
}

/** The values that a patch would overwrite, to put them back. */
const inverse = (task: TaskRow & { description?: string }, patch: TaskPatch): TaskPatch =>
  Object.fromEntries(Object.keys(patch).map((name) => [name, task[name as keyof TaskRow]]));

const many = (n: number, key: string | undefined) => (n === 1 && key ? key : `${n} tasks`);

function makeTaskVerbs(room: Room, workspaceId: string) {
  const { outbox, undo } = room;
  const board = (projectId: string) =>
    room.cache.getQueryData<Board>(keys.board(projectId))?.tasks ?? new Map<string, TaskRow>();

  function create(input: Omit<NewTask, "id"> & { statusId: string }): string {
    const id = uuidv7();
    const shown = newRow({ ...input, id }, { room, workspaceId, others: board(input.projectId) });
    const label = `New task “${input.title}”`;
    outbox.add({ act: "tasks.create", input: { ...input, id }, workspaceId, label, shown });
    undo.push({ label, undo: () => sendDelete([id], label) });
    return id;
  }

  const sendDelete = (ids: string[], label: string) =>
    outbox.add({ act: "tasks.deleteMany", input: { ids }, workspaceId, label });
  const sendRestore = (ids: string[], label: string) =>
    outbox.add({ act: "tasks.restoreMany", input: { ids }, workspaceId, label });

  function update(task: TaskView, patch: TaskPatch) {
    const label = `Edit ${task.key}`;
    const back = inverse(task, patch);
    outbox.add({ act: "tasks.update", input: { id: task.id, patch }, workspaceId, label });
    const undoIt = () =>
      outbox.add({ act: "tasks.update", input: { id: task.id, patch: back }, workspaceId, label });
    return undo.push({ label, undo: undoIt });
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
    const label = `Edit ${many(tasks.length, tasks[0]?.key)}`;
    const ids = tasks.map((t) => t.id);
    outbox.add({ act: "tasks.updateMany", input: { ids, patch }, workspaceId, label });
    const undoIt = () => {
      // Those that had the same values go back together: 500 tasks are not 500 calls.
      for (const [back, alike] of Map.groupBy(tasks, (t) => JSON.stringify(inverse(t, patch)))) {
        const input = { ids: alike.map((t) => t.id), patch: JSON.parse(back) as TaskPatch };
        outbox.add({ act: "tasks.updateMany", input, workspaceId, label });
      }
    };
    return undo.push({ label, undo: undoIt });
  }

  /** Between two neighbours of the target column, as they are shown; either may be missing. */
  function move(task: TaskView, to: { statusId: string; after?: TaskRow; before?: TaskRow }) {
    const label = `Move ${task.key}`;
    const back = neighbours(board(task.projectId), task);
    const go = (place: { statusId: string; after?: TaskRow; before?: TaskRow }) => {
      const { statusId, after, before } = place;
      const input = { id: task.id, statusId, afterId: after?.id, beforeId: before?.id };
      const rank = rankBetween(after?.rank, before?.rank) ?? task.rank;
      outbox.add({ act: "tasks.move", input, workspaceId, label, place: { rank } });
    };
    go(to);
    return undo.push({ label, undo: () => go({ statusId: task.statusId, ...back }) });
  }

  function archive(tasks: readonly TaskView[]) {
    const ids = tasks.map((t) => t.id);
    const label = `Archive ${many(ids.length, tasks[0]?.key)}`;
    outbox.add({ act: "tasks.archiveMany", input: { ids }, workspaceId, label });
    return undo.push({ label, undo: () => void sendRestore(ids, label) });
  }

  function restore(tasks: readonly TaskView[]) {
    const ids = tasks.map((t) => t.id);
    const label = `Restore ${many(ids.length, tasks[0]?.key)}`;
    sendRestore(ids, label);
    const undoIt = () =>
      outbox.add({ act: "tasks.archiveMany", input: { ids }, workspaceId, label });
    return undo.push({ label, undo: () => void undoIt() });
  }

  function remove(tasks: readonly TaskView[]) {
    const ids = tasks.map((t) => t.id);
    const label = `Delete ${many(ids.length, tasks[0]?.key)}`;
    sendDelete(ids, label);
    return undo.push({ label, undo: () => void sendRestore(ids, label) });
  }

  return { create, update, describe, updateMany, move, archive, restore, remove };
}

/** Null when the neighbours have no room between them; the server then finds the place. */
function rankBetween(after: string | undefined, before: string | undefined): string | null {
  if (after !== undefined && before !== undefined && after >= before) return null;
  return generateKeyBetween(after ?? null, before ?? null);
}

function neighbours(tasks: ReadonlyMap<string, TaskRow>, task: TaskRow) {
  let after: TaskRow | undefined;
  let before: TaskRow | undefined;
  for (const other of tasks.values()) {
    if (other.statusId !== task.statusId || other.id === task.id) continue;
    if (other.rank < task.rank && (!after || other.rank > after.rank)) after = other;
    if (other.rank > task.rank && (!before || other.rank < before.rank)) before = other;
  }
  return { after, before };
}

type Around = { room: Room; workspaceId: string; others: ReadonlyMap<string, TaskRow> };

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
    title: input.title,
    statusId: input.statusId,
    priority: input.priority ?? "none",
    assigneeIds: input.assigneeIds ?? [],
    labelIds: input.labelIds ?? [],
    blockedByIds: input.blockedByIds ?? [],
    parentId: input.parentId ?? null,
    dueDate: input.dueDate ?? null,
    estimate: input.estimate ?? null,
    rank,
    commentCount: 0,
    version: 0,
    source: null,
    createdBy: around.room.me.id,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
    archivedAt: null,
  };
}
