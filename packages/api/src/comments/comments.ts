import { schema, sendNow, type Tx } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { asMissing, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { undoRow } from "../core/feed/undo-row.ts";
import { write } from "../core/write.ts";
import { readComment } from "./queries.ts";
import { type LoadedSubject, loadSubject, type Subject, subjectOf } from "./subject.ts";
import { keepVersion } from "./versions.ts";

const { comments } = schema;

type NewComment = {
  id?: string | undefined;
  body: string;
  /** On a task: a comment on it, in whose thread this one answers. */
  replyTo?: string | undefined;
} & Subject;

export async function createComment(ctx: MutationContext, input: NewComment) {
  const authorId = ctx.actor.user.id;
  const id = input.id ?? uuidv7();
  return write(ctx, null, async (tx, record) => {
    const subject = await loadSubject(tx, authorId, input, { lock: true });
    const { scopeId, workspaceId } = subject;
    const { taskId, threadId, body, replyTo } = input;
    const rootId = taskId && replyTo ? await rootOf(tx, taskId, replyTo) : null;
    const said = { id, authorId, taskId, threadId, rootId, body };
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

/** What is answered may itself be an answer: a thread has one level. */
async function rootOf(tx: Tx, taskId: string, replyTo: string): Promise<string> {
  const [answered] = await tx
    .select()
    .from(comments)
    .where(and(eq(comments.id, replyTo), eq(comments.taskId, taskId), isNull(comments.deletedAt)));
  if (!answered) throw notFound("comment");
  return answered.rootId ?? answered.id;
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

type Text = { body: string; editedAt?: Date | null | undefined };

async function setText({ tx, record, comment, subject, isAuthor }: Change, text: Text) {
  const { id } = comment;
  if (!isAuthor) throw onlyAuthors();
  await keepVersion(tx, comment, text.editedAt ?? comment.createdAt);
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

/** By anybody who may take part in it. What is resolved already stays as it was. */
export const resolveComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async (it) => {
    refuseUnlessBegins(it.comment);
    const resolved = { resolvedAt: new Date(), resolvedBy: ctx.actor.user.id };
    return it.comment.resolvedAt ? readComment(it.tx, id) : setResolved(it, resolved);
  });

export const reopenComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async (it) => {
    refuseUnlessBegins(it.comment);
    const reopened = { resolvedAt: null, resolvedBy: null };
    return it.comment.resolvedAt ? setResolved(it, reopened) : readComment(it.tx, id);
  });

/** An answer begins no thread, and a document's thread is resolved as such. */
function refuseUnlessBegins({ taskId, rootId, deletedAt }: Comment) {
  if (!taskId || rootId || deletedAt) throw notFound("comment");
}

type Resolved = Partial<Pick<Comment, "resolvedAt" | "resolvedBy">>;

async function setResolved({ tx, record, comment, subject }: Change, values: Resolved) {
  const { id } = comment;
  await tx.update(comments).set(values).where(eq(comments.id, id));
  const row = await readComment(tx, id);
  record({ entity: "comment", id, op: "update", row, scopeId: subject.scopeId });
  return row;
}

/** `of`: the id of one's own mutation that said, edited, deleted, restored, resolved or reopened it. */
export const undoComment = (ctx: MutationContext, { id, of }: { id: string; of: string }) =>
  changeComment(ctx, id, async (it) => {
    const { tx, comment, subject } = it;
    const { workspaceId } = subject;
    return undoRow(tx, {
      thing: { entity: "comment", id, workspaceId },
      by: { mutationId: of, actorId: ctx.actor.user.id },
      isDeleted: comment.deletedAt !== null,
      fields: [
        ["body", "editedAt"],
        ["resolvedAt", "resolvedBy"],
      ],
      read: () => readComment(tx, id),
      set: async ({ body, editedAt, ...resolved }) => {
        if (body !== undefined) await setText(it, { body, editedAt });
        if (Object.keys(resolved).length > 0) await setResolved(it, resolved);
        return [];
      },
      remove: () => setDeleted(it, new Date()),
      restore: () => setDeleted(it, null),
    });
  });
