import { compile, type Queryable, query, schema } from "@guildhall/db";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { invariant } from "../core/errors.ts";

const { comments, commentReactions, documentThreads } = schema;

/** One emoji, and who answered with it; who did so first comes first. */
export type Reaction = { emoji: string; userIds: string[] };

/** Needs `documentThreads` joined, for the document of what was said in one. */
const commentColumns = {
  id: comments.id,
  /** What it is about: a task, or a thread in a document. The other is null. */
  taskId: comments.taskId,
  threadId: comments.threadId,
  /** On a task: the comment that begins the thread in which this one answers. */
  rootId: comments.rootId,
  documentId: documentThreads.documentId,
  authorId: comments.authorId,
  sourceAuthor: comments.sourceAuthor,
  body: comments.body,
  createdAt: comments.createdAt,
  editedAt: comments.editedAt,
  /** Of one that begins a thread on a task. */
  resolvedAt: comments.resolvedAt,
  resolvedBy: comments.resolvedBy,
  /** In the order in which each emoji was first used. */
  reactions: sql<Reaction[]>`(
    select coalesce(json_agg(json_build_object('emoji', emoji, 'userIds', people) order by first, emoji), '[]')
    from (
      select emoji, json_agg(user_id order by created_at, user_id) as people,
        min(created_at) as first
      from ${commentReactions} where comment_id = ${comments.id} group by emoji
    ) by_emoji)`.as("reactions"),
};

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

type CommentRow = Awaited<ReturnType<typeof readComment>>;
type DocumentThreadRow = Awaited<ReturnType<typeof readThread>>;

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    comment: CommentRow;
    documentThread: DocumentThreadRow;
  }
}

const ofThread = eq(documentThreads.id, comments.threadId);

const selectComments = (q: Queryable) =>
  q.select(commentColumns).from(comments).leftJoin(documentThreads, ofThread);

/** Of these tasks, oldest first. */
export const listComments = (q: Queryable, taskIds: string[]) =>
  selectComments(q)
    .where(and(inArray(comments.taskId, taskIds), isNull(comments.deletedAt)))
    .orderBy(asc(comments.createdAt), asc(comments.id));

export const readComments = (q: Queryable, ids: string[]) =>
  selectComments(q).where(inArray(comments.id, ids));

const one = compile(["id"], (at) =>
  query
    .select(commentColumns)
    .from(comments)
    .leftJoin(documentThreads, ofThread)
    .where(eq(comments.id, at.id)),
);

export async function readComment(q: Queryable, id: string) {
  const [row] = await one(q, { id });
  return invariant(row, "a comment that was just written");
}

/**
 * All threads of these documents and all that is said in them, each oldest first. A thread whose comments
 * are all deleted is among them, so that one that is restored has its thread.
 */
export async function listThreads(q: Queryable, documentIds: string[]) {
  const [threads, said] = await Promise.all([
    q
      .select(threadColumns)
      .from(documentThreads)
      .where(inArray(documentThreads.documentId, documentIds))
      .orderBy(asc(documentThreads.createdAt), asc(documentThreads.id)),
    selectComments(q)
      .where(and(inArray(documentThreads.documentId, documentIds), isNull(comments.deletedAt)))
      .orderBy(asc(comments.createdAt), asc(comments.id)),
  ]);
  return { threads, comments: said };
}

export async function readThread(q: Queryable, id: string) {
  const [row] = await q
    .select(threadColumns)
    .from(documentThreads)
    .where(eq(documentThreads.id, id));
  return invariant(row, "a thread that was just written");
}
