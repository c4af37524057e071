import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { areaOf, loadDocument, type Role } from "../core/access.ts";
import type { RecordChange } from "../core/change.ts";
import type { MutationContext } from "../core/context.ts";
import { asMissing, notFound } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { readComment, readThread } from "./queries.ts";

const { documentThreads, documentComments } = schema;

export type Anchor = typeof documentThreads.$inferSelect.anchor;

type NewThread = {
  id?: string | undefined;
  documentId: string;
  anchor: Anchor;
  quote: string;
  comment: { id?: string | undefined; body: string };
};

/** Whoever may read a document may talk about it, viewers too. A thread begins with a comment. */
export async function beginThread(ctx: MutationContext, input: NewThread) {
  const userId = ctx.actor.user.id;
  const { id = uuidv7(), documentId, anchor, quote, comment } = input;
  return write(ctx, null, async (tx, record) => {
    const document = await loadDocument(tx, userId, documentId, "viewer");
    if (document.kind !== "document") throw notFound("document");
    const { workspaceId } = document;
    const commentId = comment.id ?? uuidv7();
    await tx.insert(documentThreads).values({ id, documentId, anchor, quote, createdBy: userId });
    await tx
      .insert(documentComments)
      .values({ id: commentId, threadId: id, authorId: userId, body: comment.body });
    const place = { op: "insert", within: areaOf(document), workspaceId } as const;
    const thread = await readThread(tx, id);
    const first = await readComment(tx, commentId);
    record({ entity: "documentThread", id, row: thread, ...place });
    record({ entity: "documentComment", id: commentId, row: first, ...place });
    return { thread, comment: first };
  });
}

export type LoadedThread = typeof documentThreads.$inferSelect & {
  /** The actor's, in the document. */
  role: Role;
  area: string | null;
};

type Change<T> = (tx: Tx, record: RecordChange, thread: LoadedThread) => Promise<T>;
type Asked = { threadId: string; need: Role; what: string };

/** Within a thread that this person may see, held until the commit. */
export async function inThread<T>(ctx: MutationContext, asked: Asked, change: Change<T>) {
  const { threadId, need, what } = asked;
  const userId = ctx.actor.user.id;
  const { db } = ctx.services;
  const [known] = await db.select().from(documentThreads).where(eq(documentThreads.id, threadId));
  if (!known) throw notFound(what);
  const missing = asMissing(what);
  const { documentId } = known;
  const seen = await loadDocument(db, userId, documentId, need).catch(missing);
  return write(ctx, seen.workspaceId, async (tx, record) => {
    const document = await loadDocument(tx, userId, documentId, need).catch(missing);
    const [thread] = await tx
      .select()
      .from(documentThreads)
      .where(eq(documentThreads.id, threadId))
      .for("update");
    if (!thread) throw notFound(what);
    return change(tx, record, { ...thread, role: document.role, area: areaOf(document) });
  });
}

type Patch = Partial<typeof documentThreads.$inferInsert>;

async function patchThread(tx: Tx, record: RecordChange, thread: LoadedThread, patch: Patch) {
  await tx.update(documentThreads).set(patch).where(eq(documentThreads.id, thread.id));
  const row = await readThread(tx, thread.id);
  record({ entity: "documentThread", id: row.id, op: "update", row, within: thread.area });
  return row;
}

/** By anybody who may take part in it. What is resolved already stays as it was. */
export const resolveThread = (ctx: MutationContext, { id }: { id: string }) =>
  inThread(ctx, { threadId: id, need: "viewer", what: "thread" }, (tx, record, thread) =>
    thread.resolvedAt
      ? readThread(tx, id)
      : patchThread(tx, record, thread, {
          resolvedAt: new Date(),
          resolvedBy: ctx.actor.user.id,
        }),
  );

export const reopenThread = (ctx: MutationContext, { id }: { id: string }) =>
  inThread(ctx, { threadId: id, need: "viewer", what: "thread" }, (tx, record, thread) =>
    thread.resolvedAt
      ? patchThread(tx, record, thread, { resolvedAt: null, resolvedBy: null })
      : readThread(tx, id),
  );

/**
 * Puts a thread back on its text. Splitting or joining paragraphs moves text to new places in the
 * Yjs document, and the old ones are gone; the editor in which it was done knows where it went.
 */
export const reanchorThread = (ctx: MutationContext, input: { id: string; anchor: Anchor }) =>
  inThread(ctx, { threadId: input.id, need: "editor", what: "thread" }, (tx, record, thread) =>
    patchThread(tx, record, thread, { anchor: input.anchor }),
  );
