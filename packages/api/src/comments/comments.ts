import { schema, sendNow, type Tx } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadTask } from "../core/access.ts";
import type { RecordChange } from "../core/change.ts";
import type { MutationContext } from "../core/context.ts";
import { asMissing, GuildhallError, notFound } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { setOnTask } from "../tasks/change-task.ts";
import { readTask } from "../tasks/queries.ts";
import { recordTasks, touched } from "../tasks/touch.ts";
import { readComment } from "./queries.ts";

const { comments, tasks } = schema;

const sendCount = (tx: Tx, taskId: string, by: 1 | -1) =>
  setOnTask(tx, taskId, { ...touched(), commentCount: sql`${tasks.commentCount} + ${by}` });

/** Keeps the number on the card right, in the same transaction. */
async function countComments(tx: Tx, record: RecordChange, taskId: string, by: 1 | -1) {
  await sendCount(tx, taskId, by);
  await recordTasks(tx, record, [taskId]);
}

type NewComment = { id?: string; taskId: string; body: string };

/** Whoever may see a task may talk about it, viewers too. */
export async function createComment(ctx: MutationContext, input: NewComment) {
  const userId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  return write(ctx, null, async (tx, record) => {
    const task = await loadTask(tx, userId, input.taskId, "viewer", { lock: true });
    const { workspaceId, projectId } = task;
    const said = { id, taskId: task.id, authorId: userId, body: input.body };
    // One journey: the comment, its number on the card, and both as they then are.
    const sent = [sendNow(tx, tx.insert(comments).values(said)), sendCount(tx, task.id, 1)];
    const [row, { description: _, ...card }] = await Promise.all([
      readComment(tx, id),
      readTask(tx, task.id),
      ...sent,
    ]);
    record({ entity: "comment", id, op: "insert", row, within: projectId, workspaceId });
    record({
      entity: "task",
      id: task.id,
      op: "update",
      row: card,
      within: projectId,
      workspaceId,
    });
    return row;
  });
}

type Comment = typeof comments.$inferSelect;
type LoadedTask = Awaited<ReturnType<typeof loadTask>>;

async function changeComment<T>(
  ctx: MutationContext,
  id: string,
  change: (tx: Tx, record: RecordChange, comment: Comment, task: LoadedTask) => Promise<T>,
) {
  const userId = ctx.actor.user.id;
  const { db } = ctx.services;
  const [known] = await db.select().from(comments).where(eq(comments.id, id));
  if (!known) throw notFound("comment");
  const { workspaceId } = await loadTask(db, userId, known.taskId, "viewer").catch(
    asMissing("comment"),
  );
  return write(ctx, workspaceId, async (tx, record) => {
    const task = await loadTask(tx, userId, known.taskId, "viewer", { lock: true }).catch(
      asMissing("comment"),
    );
    const [comment] = await tx.select().from(comments).where(eq(comments.id, id)).for("update");
    if (!comment) throw notFound("comment");
    return change(tx, record, comment, task);
  });
}

const onlyAuthors = () =>
  new GuildhallError(
    "FORBIDDEN",
    "not_yours",
    "Nothing was changed: you can only change your own comments.",
  );

export const updateComment = (ctx: MutationContext, input: { id: string; body: string }) =>
  changeComment(ctx, input.id, async (tx, record, comment, task) => {
    if (comment.deletedAt) throw notFound("comment");
    if (comment.authorId !== ctx.actor.user.id) throw onlyAuthors();
    await tx
      .update(comments)
      .set({ body: input.body, editedAt: new Date() })
      .where(eq(comments.id, input.id));
    const row = await readComment(tx, input.id);
    record({ entity: "comment", id: row.id, op: "update", row, within: task.projectId });
    return row;
  });

/** By its author, or by an owner of the project. */
export const deleteComment = (ctx: MutationContext, input: { id: string }) =>
  changeComment(ctx, input.id, async (tx, record, comment, task) => {
    if (comment.deletedAt) throw notFound("comment");
    if (comment.authorId !== ctx.actor.user.id && task.role !== "owner") throw onlyAuthors();
    await tx.update(comments).set({ deletedAt: new Date() }).where(eq(comments.id, input.id));
    const { projectId } = task;
    record({ entity: "comment", id: input.id, op: "delete", row: null, within: projectId });
    await countComments(tx, record, task.id, -1);
    return { id: input.id };
  });

/** Undoes a delete. */
export const restoreComment = (ctx: MutationContext, input: { id: string }) =>
  changeComment(ctx, input.id, async (tx, record, comment, task) => {
    if (comment.authorId !== ctx.actor.user.id && task.role !== "owner") throw onlyAuthors();
    if (!comment.deletedAt) return readComment(tx, input.id);
    await tx.update(comments).set({ deletedAt: null }).where(eq(comments.id, input.id));
    const row = await readComment(tx, input.id);
    record({ entity: "comment", id: row.id, op: "insert", row, within: task.projectId });
    await countComments(tx, record, task.id, 1);
    return row;
  });
