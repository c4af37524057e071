/**
 * Takes back one mutation of one's own.
 *
 * The naive way, a second edit with the values that the page remembers, puts a card at the end of its
 * column, takes an archived task out of the archive, and overwrites what somebody else has changed
 * since. Here each task's own history in the feed says how it was before that mutation and after it:
 * a field that the mutation changed, and that nobody has changed since, gets back what it was, place
 * and moments included. What somebody has changed since stays as it is, and its task is named in
 * `left`; so does a new task that somebody else has worked on since. This is a mutation as any other,
 * so that redoing is undoing the undo.
 */
import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { loadTask } from "../../core/access.ts";
import type { MutationContext } from "../../core/context.ts";
import { unlessRefused } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { type Counted, changedByOthers } from "../../core/feed/changed-by-others.ts";
import type { Moments } from "../../core/feed/moments.ts";
import { isSame } from "../../core/same.ts";
import { write } from "../../core/write.ts";
import { setOnTask } from "../change-task.ts";
import { checkParent } from "../check-references.ts";
import { tickLinkedItems } from "../checklists/count-items.ts";
import { setList, taskLists } from "../links.ts";
import {
  dayProperties,
  listProperties,
  misplacedDay,
  propertyRows,
  valueIn,
  valueProperties,
} from "../properties.ts";
import { readTask, type Task } from "../queries.ts";
import { holdColumn } from "../rank.ts";
import { touched } from "../touch.ts";
import { momentsOf } from "./task-moments.ts";

/** `of`: the id of the mutation; `ids`: the tasks it changed. */
type Undo = { ids: string[]; of: string };

export async function undoTasks(ctx: MutationContext, { ids, of }: Undo) {
  const userId = ctx.actor.user.id;
  return write(ctx, null, async (tx, record) => {
    const completed: string[] = [];
    const answer = { tasks: [] as Task[], deletedIds: [] as string[], left: [] as string[] };
    for (const id of [...new Set(ids)].sort()) {
      const held = await loadTask(tx, userId, id, "editor", { lock: true, deleted: true });
      const moments = await momentsOf(tx, held, { mutationId: of, actorId: userId });
      const undone = moments
        ? await undoOne(tx, record, { userId, held, of, ...moments })
        : { isDeleted: held.deletedAt !== null, isLeft: false };
      if (undone.isLeft) answer.left.push(id);
      if (undone.isDeleted) answer.deletedIds.push(id);
      else {
        const task = await readTask(tx, id);
        answer.tasks.push(task);
        if (!isSame(task.completedAt, held.completedAt)) completed.push(id);
      }
    }
    await tickLinkedItems(tx, record, completed);
    return answer;
  });
}

type Held = Awaited<ReturnType<typeof loadTask>>;
type One = Moments<Task> & { userId: string; held: Held; of: string };

async function undoOne(tx: Tx, record: RecordChange, one: One) {
  const { userId, held, before, after } = one;
  const wasDeleted = held.deletedAt !== null;
  // Somebody else has deleted it, or brought it back, since: nothing of it is touched.
  if (wasDeleted !== after.isDeleted) return { isDeleted: wasDeleted, isLeft: true };
  const { isDeleted } = before;
  if (isDeleted && !wasDeleted && (await isOthersToo(tx, one))) {
    return { isDeleted: false, isLeft: true };
  }
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
    const { projectId: scopeId, workspaceId } = held;
    const shown = isDeleted ? null : row;
    record({ entity: "task", id: held.id, op, row: shown, was: now, scopeId, workspaceId });
  }
  return { isDeleted, isLeft: isLeft || lists.isLeft };
}

const { checklistItems, checklists, comments, files, tasks } = schema;

const counted: Counted = {
  task: [...propertyRows.map(([name]) => name), "rank", "archivedAt"],
  comment: ["body"],
  file: ["name", "version"],
  checklist: ["title"],
  checklistItem: ["text", "doneAt", "assigneeId", "dueDate", "linkedTaskId"],
};

/** Somebody else has changed it since, or said, attached or put something there. */
async function isOthersToo(tx: Tx, { held, userId, of, lastSeq }: One) {
  const { id, workspaceId } = held;
  const since = { workspaceId, seq: lastSeq, mutationId: of, actorId: userId };
  const own = sql`select ${id}::uuid
    union all select id from ${comments} where task_id = ${id} and deleted_at is null
    union all select id from ${files} where task_id = ${id} and deleted_at is null
    union all select id from ${checklists} where task_id = ${id} and deleted_at is null
    union all select id from ${checklistItems} where task_id = ${id} and deleted_at is null`;
  const subtasks = sql`select id from ${tasks} where parent_id = ${id} and deleted_at is null`;
  return (
    (await changedByOthers(tx, since, { ids: own, counted })) ||
    (await changedByOthers(tx, since, { ids: subtasks, counted: { task: ["parentId"] } }))
  );
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
  // Another day of the task was changed since, and the two do not go together.
  if (misplacedDay({ ...now, ...values } as Task)) {
    for (const name of dayProperties) delete values[name];
    isLeft = true;
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
