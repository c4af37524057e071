import { schema, sendNow, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { asMissing, GuildhallError, notFound } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { write } from "../core/write.ts";
import { readComment } from "./queries.ts";
import { type LoadedSubject, loadSubject, type Subject, subjectOf } from "./subject.ts";

const { comments } = schema;

type NewComment = { id?: string | undefined; body: string } & Subject;

export async function createComment(ctx: MutationContext, input: NewComment) {
  const authorId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  return write(ctx, null, async (tx, record) => {
    const subject = await loadSubject(tx, authorId, input, { lock: true });
    const { scopeId, workspaceId } = subject;
    const { taskId, threadId, body } = input;
    const said = { id, authorId, taskId, threadId, body };
    // One journey: the comment, what counts it, and both as they then are.
    const [counted, row] = await Promise.all([
      subject.count(tx, 1),
      readAfter(tx, id, sendNow(tx, tx.insert(comments).values(said))),
    ]);
    record({ entity: "comment", id, op: "insert", row, scopeId, workspaceId });
    for (const change of counted) record(change);
    return row;
  });
}

async function readAfter(tx: Tx, id: string, sent: Promise<unknown>) {
  const [row] = await Promise.all([readComment(tx, id), sent]);
  return row;
}

type Comment = typeof comments.$inferSelect;

type Change = {
  tx: Tx;
  record: RecordChange;
  comment: Comment;
  subject: LoadedSubject;
  isAuthor: boolean;
};

/** One comment and what it is about, both locked. */
async function changeComment<T>(
  ctx: MutationContext,
  id: string,
  change: (it: Change) => Promise<T>,
) {
  const userId = ctx.actor.user.id;
  const { db } = ctx.services;
  const missing = asMissing("comment");
  const [found] = await db.select().from(comments).where(eq(comments.id, id));
  if (!found) throw notFound("comment");
  const about = subjectOf(found);
  const { workspaceId } = await loadSubject(db, userId, about).catch(missing);
  return write(ctx, workspaceId, async (tx, record) => {
    const subject = await loadSubject(tx, userId, about, { lock: true }).catch(missing);
    const [comment] = await tx.select().from(comments).where(eq(comments.id, id)).for("update");
    if (!comment) throw notFound("comment");
    return change({ tx, record, comment, subject, isAuthor: comment.authorId === userId });
  });
}

const onlyAuthors = () =>
  new GuildhallError(
    "FORBIDDEN",
    "not_yours",
    "Nothing was changed: you can only change your own comments.",
  );

export const updateComment = (ctx: MutationContext, { id, body }: { id: string; body: string }) =>
  changeComment(ctx, id, async ({ tx, record, comment, subject, isAuthor }) => {
    if (comment.deletedAt) throw notFound("comment");
    if (!isAuthor) throw onlyAuthors();
    await tx.update(comments).set({ body, editedAt: new Date() }).where(eq(comments.id, id));
    const row = await readComment(tx, id);
    record({ entity: "comment", id, op: "update", row, scopeId: subject.scopeId });
    return row;
  });

/** By its author, or by an owner of where it was said. */
export const deleteComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async ({ tx, record, comment, subject, isAuthor }) => {
    if (comment.deletedAt) throw notFound("comment");
    if (!isAuthor && subject.role !== "owner") throw onlyAuthors();
    await tx.update(comments).set({ deletedAt: new Date() }).where(eq(comments.id, id));
    record({ entity: "comment", id, op: "delete", row: null, scopeId: subject.scopeId });
    for (const change of await subject.count(tx, -1)) record(change);
    return { id };
  });

/** Undoes a delete. */
export const restoreComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async ({ tx, record, comment, subject, isAuthor }) => {
    if (!isAuthor && subject.role !== "owner") throw onlyAuthors();
    if (!comment.deletedAt) return readComment(tx, id);
    await tx.update(comments).set({ deletedAt: null }).where(eq(comments.id, id));
    const row = await readComment(tx, id);
    record({ entity: "comment", id, op: "insert", row, scopeId: subject.scopeId });
    for (const change of await subject.count(tx, 1)) record(change);
    return row;
  });
