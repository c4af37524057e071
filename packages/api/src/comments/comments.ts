import { schema, sendNow, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { asMissing, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { undoRow } from "../core/feed/undo-row.ts";
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
export async function changeComment<T>(
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
  refused("not_yours", "Nothing was changed: you can only change your own comments.");

export const updateComment = (ctx: MutationContext, { id, body }: { id: string; body: string }) =>
  changeComment(ctx, id, async (it) => {
    if (it.comment.deletedAt) throw notFound("comment");
    await setText(it, { body, editedAt: new Date() });
    return readComment(it.tx, id);
  });

type Text = Partial<Pick<Comment, "body" | "editedAt">>;

async function setText({ tx, record, comment, subject, isAuthor }: Change, text: Text) {
  const { id } = comment;
  if (!isAuthor) throw onlyAuthors();
  await tx.update(comments).set(text).where(eq(comments.id, id));
  const row = await readComment(tx, id);
  record({ entity: "comment", id, op: "update", row, scopeId: subject.scopeId });
}

/** By its author, or by an owner of where it was said. */
export const deleteComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async (it) => {
    if (it.comment.deletedAt) throw notFound("comment");
    await setDeleted(it, new Date());
    return { id };
  });

export const restoreComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async (it) => {
    if (it.comment.deletedAt) await setDeleted(it, null);
    else refuseUnlessMay(it);
    return readComment(it.tx, id);
  });

function refuseUnlessMay({ isAuthor, subject }: Change) {
  if (!isAuthor && subject.role !== "owner") throw onlyAuthors();
}

async function setDeleted(it: Change, deletedAt: Date | null) {
  const { tx, record, comment, subject } = it;
  const { id } = comment;
  refuseUnlessMay(it);
  await tx.update(comments).set({ deletedAt }).where(eq(comments.id, id));
  const op = deletedAt ? "delete" : "insert";
  const row = deletedAt ? null : await readComment(tx, id);
  record({ entity: "comment", id, op, row, scopeId: subject.scopeId });
  for (const change of await subject.count(tx, deletedAt ? -1 : 1)) record(change);
}

/** `of`: the id of one's own mutation that said, edited, deleted or restored it. */
export const undoComment = (ctx: MutationContext, { id, of }: { id: string; of: string }) =>
  changeComment(ctx, id, async (it) => {
    const { tx, comment, subject } = it;
    const { workspaceId } = subject;
    return undoRow(tx, {
      thing: { entity: "comment", id, workspaceId },
      by: { mutationId: of, actorId: ctx.actor.user.id },
      isDeleted: comment.deletedAt !== null,
      fields: [["body", "editedAt"]],
      read: () => readComment(tx, id),
      set: async (values) => {
        await setText(it, values);
        return [];
      },
      remove: () => setDeleted(it, new Date()),
      restore: () => setDeleted(it, null),
    });
  });
