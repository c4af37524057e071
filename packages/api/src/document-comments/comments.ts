import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { RecordChange } from "../core/change.ts";
import type { MutationContext } from "../core/context.ts";
import { GuildhallError, notFound } from "../core/errors.ts";
import { readComment } from "./queries.ts";
import { inThread, type LoadedThread } from "./threads.ts";

const { documentComments } = schema;

type Reply = { id?: string | undefined; threadId: string; body: string };

export async function replyInThread(ctx: MutationContext, input: Reply) {
  const { id = uuidv7(), threadId, body } = input;
  return inThread(ctx, { threadId, need: "viewer", what: "thread" }, async (tx, record, thread) => {
    const authorId = ctx.actor.user.id;
    await tx.insert(documentComments).values({ id, threadId, authorId, body });
    const row = await readComment(tx, id);
    record({ entity: "documentComment", id, op: "insert", row, within: thread.area });
    return row;
  });
}

type Comment = typeof documentComments.$inferSelect;

async function changeComment<T>(
  ctx: MutationContext,
  id: string,
  change: (tx: Tx, record: RecordChange, comment: Comment, thread: LoadedThread) => Promise<T>,
) {
  const isIt = eq(documentComments.id, id);
  const [known] = await ctx.services.db.select().from(documentComments).where(isIt);
  if (!known) throw notFound("comment");
  const asked = { threadId: known.threadId, need: "viewer", what: "comment" } as const;
  return inThread(ctx, asked, async (tx, record, thread) => {
    // The thread is held: nobody else changes what is said in it.
    const [comment] = await tx.select().from(documentComments).where(isIt);
    if (!comment) throw notFound("comment");
    return change(tx, record, comment, thread);
  });
}

const notYours = () =>
  new GuildhallError(
    "FORBIDDEN",
    "not_yours",
    "Nothing was changed: you can only change your own comments.",
  );

export const updateDocumentComment = (
  ctx: MutationContext,
  { id, body }: { id: string; body: string },
) =>
  changeComment(ctx, id, async (tx, record, comment, thread) => {
    if (comment.deletedAt) throw notFound("comment");
    if (comment.authorId !== ctx.actor.user.id) throw notYours();
    const changed = { body, editedAt: new Date() };
    await tx.update(documentComments).set(changed).where(eq(documentComments.id, id));
    const row = await readComment(tx, id);
    record({ entity: "documentComment", id, op: "update", row, within: thread.area });
    return row;
  });

const isOf = (ctx: MutationContext, comment: Comment, thread: LoadedThread) =>
  comment.authorId === ctx.actor.user.id || thread.role === "owner";

/** By its author, or by an owner of where the document stands. */
export const deleteDocumentComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async (tx, record, comment, thread) => {
    if (comment.deletedAt) throw notFound("comment");
    if (!isOf(ctx, comment, thread)) throw notYours();
    const gone = { deletedAt: new Date() };
    await tx.update(documentComments).set(gone).where(eq(documentComments.id, id));
    record({ entity: "documentComment", id, op: "delete", row: null, within: thread.area });
    return { id };
  });

/** Undoes a delete. */
export const restoreDocumentComment = (ctx: MutationContext, { id }: { id: string }) =>
  changeComment(ctx, id, async (tx, record, comment, thread) => {
    if (!isOf(ctx, comment, thread)) throw notYours();
    if (!comment.deletedAt) return readComment(tx, id);
    const back = { deletedAt: null };
    await tx.update(documentComments).set(back).where(eq(documentComments.id, id));
    const row = await readComment(tx, id);
    record({ entity: "documentComment", id, op: "insert", row, within: thread.area });
    return row;
  });
