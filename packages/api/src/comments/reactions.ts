import { schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { changeComment } from "./comments.ts";
import { readComment } from "./queries.ts";

const { commentReactions } = schema;

/** Different emoji on one comment: what stands under it is read at a glance. */
const MOST_EMOJI = 20;

const tooManyReactions = () =>
  refused(
    "too_many_reactions",
    `Nothing was changed: a comment can have ${MOST_EMOJI} different reactions. Choose one that is there.`,
  );

type Toggle = { commentId: string; emoji: string; isSet?: boolean | undefined };

/**
 * By whoever may see the comment. Without `isSet` it turns what is there round; with it, what somebody
 * did on another device meanwhile is not undone by doing it here again.
 */
export const toggleReaction = (ctx: MutationContext, { commentId, emoji, isSet }: Toggle) =>
  changeComment(ctx, commentId, async ({ tx, record, comment, subject }) => {
    if (comment.deletedAt) throw notFound("comment");
    const userId = ctx.actor.user.id;
    const { reactions } = await readComment(tx, commentId);
    const wasSet = reactions.some((one) => one.emoji === emoji && one.userIds.includes(userId));
    const willBeSet = isSet ?? !wasSet;
    if (willBeSet && !wasSet) {
      const isNew = !reactions.some((one) => one.emoji === emoji);
      if (isNew && reactions.length >= MOST_EMOJI) throw tooManyReactions();
      await tx.insert(commentReactions).values({ commentId, userId, emoji });
    } else if (wasSet && !willBeSet) {
      const mine = [
        eq(commentReactions.commentId, commentId),
        eq(commentReactions.userId, userId),
        eq(commentReactions.emoji, emoji),
      ];
      await tx.delete(commentReactions).where(and(...mine));
    }
    const row = await readComment(tx, commentId);
    if (wasSet !== willBeSet) {
      record({ entity: "comment", id: commentId, op: "update", row, scopeId: subject.scopeId });
    }
    return row;
  });
