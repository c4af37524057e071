import { idsOfPerson } from "@/entities/groups/assignees.ts";
import { workspaceKey } from "@/entities/workspaces/workspace.ts";
import type { CacheTransaction } from "@/sync/cache-transaction.ts";
import { defineEntity, type FeedPlace, put } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";
import { type Board, boardKey, boards, type Task, type TaskRow, taskKey } from "./task.ts";

export const taskPatch = defineEntity("task", (tx, { id, op, row }, { workspaceId, myId }) => {
  const myTasks = queryKey("tasks.mine", { workspaceId });
  const followed = queryKey("tasks.followed", { workspaceId });
  if (!row) {
    deleteTask(tx, id);
    for (const key of [myTasks, followed]) {
      tx.update(key, (list) => ({ ...list, items: list.items.filter((t) => t.id !== id) }));
    }
    tx.invalidate(taskKey(id), queryPrefix("search"));
    return;
  }
  const { description: _, ...listed } = row;
  putRow(tx, listed);
  tx.update(taskKey(id), (task) => newer(task, { ...task, ...row }));
  if (op === "insert" && row.createdBy === myId) tx.invalidateCached(followed);
  tx.update(followed, (list) => ({
    ...list,
    items: list.items.map((t) => (t.id === id ? listed : t)),
  }));
  const isMine = mineAmong(tx, { workspaceId, myId }, row.assigneeIds) && !row.archivedAt;
  // It may be mine by one of its checklist items, of which it does not tell.
  if (!isMine && row.checklistTotal > 0) return tx.invalidateCached(myTasks);
  tx.update(myTasks, (mine) => ({
    ...mine,
    items: put(mine.items, isMine ? listed : null, (t) => t.id === id),
  }));
});

/** Whether a task is mine by one of these: my own id, or that of a group that I am in. */
function mineAmong(tx: CacheTransaction, { workspaceId, myId }: FeedPlace, ids: readonly string[]) {
  let mine = [myId];
  tx.update(workspaceKey(workspaceId), (w) => {
    mine = idsOfPerson(w.groups ?? [], myId);
    return w;
  });
  return ids.some((id) => mine.includes(id));
}

/** Ahead of the patch of the group itself: what was mine by it may be mine no longer, or is now. */
export const groupOfTasks = defineEntity("group", (tx, { id, row }, place) => {
  const isIn = row?.members.some(({ userId }) => userId === place.myId) ?? false;
  if (isIn === mineAmong(tx, place, [id])) return;
  tx.invalidateCached(queryKey("tasks.mine", { workspaceId: place.workspaceId }));
  rereadFollowed(tx, place);
});

/** What I may no longer see does not stay here either. */
export const accessOfTasks = defineEntity("access", (tx, { id, row }, { workspaceId, myId }) => {
  if (row && row.userId !== myId) return;
  tx.invalidate(queryKey("tasks.mine", { workspaceId }));
  tx.invalidateCached(queryKey("tasks.followed", { workspaceId }));
  if (row?.role) return tx.invalidate(boardKey(id));
  const board = JSON.stringify(boardKey(id));
  tx.forget(({ queryKey, state }) => JSON.stringify(queryKey) === board || isOf(id, state.data));
});

/** By what one says oneself, or by being named, one follows a task from then on. */
export const commentOfFollowed = defineEntity("comment", (tx, { op, row }, place) => {
  if (op === "insert" && row?.authorId === place.myId) rereadFollowed(tx, place);
});
export const followOfFollowed = defineEntity("follow", (tx, _, place) => rereadFollowed(tx, place));
export const notificationOfFollowed = defineEntity("notification", (tx, { op, row }, place) => {
  if (op === "insert" && row?.kind === "mentioned") rereadFollowed(tx, place);
});

const rereadFollowed = (tx: CacheTransaction, { workspaceId }: { workspaceId: string }) =>
  tx.invalidateCached(queryKey("tasks.followed", { workspaceId }));

const isOf = (projectId: string, data: unknown) =>
  typeof data === "object" && data !== null && "projectId" in data && data.projectId === projectId;

/** The answer to a mutation of tasks says the same as its change will, only sooner. */
export function putTask(tx: CacheTransaction, task: Task) {
  const { description: _, ...row } = task;
  putRow(tx, row);
  // Opened before the server knew it: the answer to its making is the first that it says of it.
  if (tx.isAwaited(taskKey(task.id))) tx.set(taskKey(task.id), task);
  else tx.update(taskKey(task.id), (old) => newer(old, task));
}

export function deleteTask(tx: CacheTransaction, id: string) {
  for (const { tasks } of tx.editAll(boards, copied)) tasks.delete(id);
}

/** An older row never overwrites a newer one. */
function putRow(tx: CacheTransaction, row: TaskRow) {
  const tasks = tx.edit(boardKey(row.projectId), copied)?.tasks;
  if (tasks && (tasks.get(row.id)?.version ?? 0) <= row.version) tasks.set(row.id, row);
}

const copied = (board: Board) => ({ ...board, tasks: new Map(board.tasks) });
const newer = (old: Task, next: Task) => (next.version >= old.version ? next : old);
