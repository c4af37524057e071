import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, isNull } from "drizzle-orm";
import { invariant } from "../core/errors.ts";

const { documentThreads, documentComments } = schema;

const threadColumns = {
  id: documentThreads.id,
  documentId: documentThreads.documentId,
  anchor: documentThreads.anchor,
  quote: documentThreads.quote,
  createdBy: documentThreads.createdBy,
  createdAt: documentThreads.createdAt,
  resolvedAt: documentThreads.resolvedAt,
  resolvedBy: documentThreads.resolvedBy,
};

const commentColumns = {
  id: documentComments.id,
  threadId: documentComments.threadId,
  documentId: documentThreads.documentId,
  authorId: documentComments.authorId,
  body: documentComments.body,
  createdAt: documentComments.createdAt,
  editedAt: documentComments.editedAt,
};

export type DocumentThreadRow = Awaited<ReturnType<typeof readThread>>;
export type DocumentCommentRow = Awaited<ReturnType<typeof readComment>>;

declare module "../core/change.ts" {
  interface ChangeRows {
    documentThread: DocumentThreadRow;
    documentComment: DocumentCommentRow;
  }
}

/**
 * All threads of a document and all that is said in them, each oldest first. A thread whose comments
 * are all deleted is among them, so that one that is restored has its thread.
 */
export async function listThreads(q: Queryable, documentId: string) {
  const [threads, comments] = await Promise.all([
    q
      .select(threadColumns)
      .from(documentThreads)
      .where(eq(documentThreads.documentId, documentId))
      .orderBy(asc(documentThreads.createdAt), asc(documentThreads.id)),
    q
      .select(commentColumns)
      .from(documentComments)
      .innerJoin(documentThreads, eq(documentThreads.id, documentComments.threadId))
      .where(and(eq(documentThreads.documentId, documentId), isNull(documentComments.deletedAt)))
      .orderBy(asc(documentComments.createdAt), asc(documentComments.id)),
  ]);
  return { threads, comments };
}

export async function readThread(q: Queryable, id: string) {
  const [row] = await q
    .select(threadColumns)
    .from(documentThreads)
    .where(eq(documentThreads.id, id));
  return invariant(row, "a thread that was just written");
}

export async function readComment(q: Queryable, id: string) {
  const [row] = await q
    .select(commentColumns)
    .from(documentComments)
    .innerJoin(documentThreads, eq(documentThreads.id, documentComments.threadId))
    .where(eq(documentComments.id, id));
  return invariant(row, "a comment that was just written");
}
