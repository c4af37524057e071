import { compile, type Queryable, query, schema } from "@guildhall/db";
import { and, asc, eq, isNull } from "drizzle-orm";
import { invariant } from "../core/errors.ts";

const { comments } = schema;

export const commentColumns = {
  id: comments.id,
  taskId: comments.taskId,
  authorId: comments.authorId,
  sourceAuthor: comments.sourceAuthor,
  body: comments.body,
  createdAt: comments.createdAt,
  editedAt: comments.editedAt,
};

export type CommentRow = Awaited<ReturnType<typeof listComments>>[number];

declare module "../core/change.ts" {
  interface ChangeRows {
    comment: CommentRow;
  }
}

/** Oldest first. */
export const listComments = (q: Queryable, taskId: string) =>
  q
    .select(commentColumns)
    .from(comments)
    .where(and(eq(comments.taskId, taskId), isNull(comments.deletedAt)))
    .orderBy(asc(comments.createdAt), asc(comments.id));

const one = compile(["id"], (at) =>
  query.select(commentColumns).from(comments).where(eq(comments.id, at.id)),
);

export async function readComment(q: Queryable, id: string) {
  const [row] = await one(q, { id });
  return invariant(row, "a comment that was just written");
}
