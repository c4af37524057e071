/** What a comment said before it was edited: whoever may see the comment may see that too. */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, desc, eq, gte, inArray, lt } from "drizzle-orm";
import { asMissing, notFound } from "../core/errors.ts";
import { loadSubject, subjectOf } from "./subject.ts";

const { comments, commentVersions } = schema;

/** Of one comment; the oldest go first. */
const MOST = 100;

type Comment = typeof comments.$inferSelect;

/**
 * Before its text becomes one of `at`: what it says now is an earlier version of that. An undo brings a
 * text of an earlier time: what was written since then is no version of it.
 */
export async function keepVersion(tx: Tx, comment: Comment, at: Date) {
  const { id: commentId, body, createdAt } = comment;
  const written = comment.editedAt ?? createdAt;
  const own = eq(commentVersions.commentId, commentId);
  if (at > written) {
    await tx.insert(commentVersions).values({ commentId, at: written, body }).onConflictDoNothing();
    const kept = tx
      .select({ at: commentVersions.at })
      .from(commentVersions)
      .where(own)
      .orderBy(desc(commentVersions.at))
      .limit(MOST);
    const oldest = (await kept).at(-1);
    if (oldest) await tx.delete(commentVersions).where(and(own, lt(commentVersions.at, oldest.at)));
  } else {
    await tx.delete(commentVersions).where(and(own, gte(commentVersions.at, at)));
  }
}

/** Newest first, without what it says now. */
export async function listVersions(q: Queryable, userId: string, id: string) {
  const [comment] = await q.select().from(comments).where(eq(comments.id, id));
  await loadSubject(q, userId, subjectOf(comment)).catch(asMissing("comment"));
  if (!comment || comment.deletedAt) throw notFound("comment");
  return q
    .select({ at: commentVersions.at, body: commentVersions.body })
    .from(commentVersions)
    .where(inArray(commentVersions.commentId, [id]))
    .orderBy(desc(commentVersions.at));
}
