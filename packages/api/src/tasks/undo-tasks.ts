/**
 * Takes back one mutation of one's own.
 *
 * The naive way, a second edit with the values that the page remembers, puts a card at the end of its
 * column, takes an archived task out of the archive, and overwrites what somebody else has changed
 * since. Here each task's own history in the feed says how it was before that mutation and after it:
 * a field that the mutation changed, and that nobody has changed since, gets back what it was, place
 * and moments included. What somebody has changed since stays as it is, and its task is named in
 * `left`. This is a mutation as any other, so that redoing is undoing the undo.
 */
import type { Tx } from "@guildhall/db";
import { loadTask } from "../core/access.ts";
import type { RecordChange } from "../core/change.ts";
import type { MutationContext } from "../core/context.ts";
import { GuildhallError } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { setOnTask } from "./change-task.ts";
import { checkParent } from "./check-references.ts";
import { setList, taskLists } from "./links.ts";
import { isSame, listProperties, valueIn, valueProperties } from "./properties.ts";
import { readTask, type Task } from "./queries.ts";
import { holdColumn } from "./rank.ts";
import { type Moment, momentsOf } from "./task-moments.ts";
import { touched } from "./touch.ts";

/** `of`: the id of the mutation; `ids`: the tasks it changed. */
type Undo = { ids: string[]; of: string };

export async function undoTasks(ctx: MutationContext, { ids, of }: Undo) {
  const userId = ctx.actor.user.id;
  return write(ctx, null, async (tx, record) => {
    const answer = { tasks: [] as Task[], deletedIds: [] as string[], left: [] as string[] };
    for (const id of [...new Set(ids)].sort()) {
      const held = await loadTask(tx, userId, id, "editor", { lock: true, deleted: true });
      const moments = await momentsOf(tx, held, { mutationId: of, actorId: userId });
      const undone = moments
        ? await undoOne(tx, record, { userId, held, ...moments })
        : { isDeleted: held.deletedAt !== null, isLeft: false };
      if (undone.isLeft) answer.left.push(id);
      if (undone.isDeleted) answer.deletedIds.push(id);
      else answer.tasks.push(await readTask(tx, id));
    }
    return answer;
  });
}

type Held = Awaited<ReturnType<typeof loadTask>>;
type One = { userId: string; held: Held; before: Moment; after: Moment };

async function undoOne(tx: Tx, record: RecordChange, one: One) {
  const { userId, held, before, after } = one;
  const wasDeleted = held.deletedAt !== null;
  // Somebody else has deleted it, or brought it back, since: nothing of it is touched.
  if (wasDeleted !== after.isDeleted) return { isDeleted: wasDeleted, isLeft: true };
  const { isDeleted } = before;
  const now = await readTask(tx, held.id);
  const { values, isLeft } = await back(tx, one, now);
  const isMoved = isDeleted !== wasDeleted;
  if (isMoved) {
    Object.assign(values, isDeleted ? { deletedAt: new Date(), deletedBy: userId } : notDeleted);
  }
  if (Object.keys(values).length > 0) await setOnTask(tx, held.id, { ...values, ...touched() });
  const lists = isDeleted ? { changed: false, isLeft: false } : await backLists(tx, one, now);
  if (Object.keys(values).length === 0 && lists.changed) await setOnTask(tx, held.id, touched());
  if (Object.keys(values).length > 0 || lists.changed) {
    const { description, ...rest } = await readTask(tx, held.id);
    const row = isMoved || "description" in values ? { ...rest, description } : rest;
    const op = isMoved ? (isDeleted ? "delete" : "insert") : "update";
    const { projectId: within, workspaceId } = held;
    const shown = isDeleted ? null : row;
    record({ entity: "task", id: held.id, op, row: shown, within, workspaceId });
  }
  return { isDeleted, isLeft: isLeft || lists.isLeft };
}

const notDeleted = { deletedAt: null, deletedBy: null };

/** The columns that go back, each unless somebody has changed it since. */
async function back(tx: Tx, { held, before, after, userId }: One, now: Task) {
  const values: Parameters<typeof setOnTask>[2] = {};
  let isLeft = false;
  const [was, is] = [before.row, after.row];
  if (!was || !is) return { values, isLeft };
  const goes = <V>(of: (task: Task) => V) => {
    if (isSame(of(was), of(is))) return false;
    if (isSame(of(now), of(is))) return true;
    isLeft ||= !isSame(of(now), of(was));
    return false;
  };
  for (const name of valueProperties) {
    const value = (task: Task) => valueIn(task, name);
    if (goes(value)) Object.assign(values, { [name]: value(was) });
  }
  if (goes((task) => task.archivedAt)) {
    Object.assign(values, {
      archivedAt: was.archivedAt,
      archivedBy: was.archivedAt ? userId : null,
    });
  }
  if (goes((task) => task.parentId)) {
    if (await unlessRefused(() => checkParent(tx, held, held.id, was.parentId))) {
      Object.assign(values, { parentId: was.parentId });
    } else isLeft = true;
  }
  const isMoved = was.statusId !== is.statusId || was.rank !== is.rank;
  if (isMoved) {
    const isThere = now.statusId === is.statusId && now.rank === is.rank;
    const place = isThere ? await placeOf(tx, was) : null;
    Object.assign(values, place);
    isLeft ||= !place && (now.statusId !== was.statusId || now.rank !== was.rank);
  }
  return { values, isLeft };
}

/** The very place it had; null when its column has been deleted. */
async function placeOf(tx: Tx, { projectId, statusId, rank, completedAt }: Task) {
  let category: string | undefined;
  const isThere = await unlessRefused(async () => {
    category = (await holdColumn(tx, projectId, statusId)).category;
  });
  if (!isThere) return null;
  const wasCompleted = category === "completed";
  return { statusId, rank, completedAt: wasCompleted ? (completedAt ?? new Date()) : null };
}

/** Of each list, what was added goes and what was removed comes back; the rest stays as it is now. */
async function backLists(tx: Tx, { held, before, after }: One, now: Task) {
  let changed = false;
  let isLeft = false;
  const [was, is] = [before.row, after.row];
  if (!was || !is) return { changed, isLeft };
  for (const name of listProperties) {
    const [had, has, here] = [valueIn(was, name), valueIn(is, name), valueIn(now, name)];
    const added = new Set(has.filter((id) => !had.includes(id)));
    const removed = had.filter((id) => !has.includes(id));
    const wanted = removed.filter((id) => !here.includes(id));
    const available = await taskLists[name].available(tx, held, wanted);
    const ids = [...here.filter((id) => !added.has(id)), ...available];
    isLeft ||= available.length < wanted.length;
    if (isSame(ids.toSorted(), here.toSorted())) continue;
    if (await unlessRefused(() => setList(tx, held, { name, ids }))) changed = true;
    else isLeft = true;
  }
  return { changed, isLeft };
}

/** What it was is not allowed any more: a circle, a deleted parent. Then it stays as it is now. */
async function unlessRefused(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof GuildhallError) return false;
    throw error;
  }
}
