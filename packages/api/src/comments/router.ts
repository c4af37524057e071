import { z } from "zod";
import { loadTask } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import {
  createComment,
  deleteComment,
  reopenComment,
  resolveComment,
  restoreComment,
  undoComment,
  updateComment,
} from "./comments.ts";
import { listComments } from "./queries.ts";
import { toggleReaction } from "./reactions.ts";
import { listVersions } from "./versions.ts";

export const body = z.string().trim().min(1).max(100_000);
const said = z.object({ id: id.optional(), body });
const one = z.object({ id });
const none = z.undefined().optional();
/** One of the two, never both. */
const onTask = {
  taskId: id,
  threadId: none,
  /** Any comment of the thread in which this one answers. */
  replyTo: id.optional(),
};
const inThread = { threadId: id, taskId: none };

/** Comments on tasks and in the threads of documents. */
export const commentsRouter = router({
  /** Of a task; those of a document come with its threads. */
  list: authed.input(z.object({ taskId: id })).query(async ({ ctx, input }) => {
    await loadTask(ctx.services.db, ctx.actor.user.id, input.taskId, "viewer");
    return listComments(ctx.services.db, [input.taskId]);
  }),
  create: mutation
    .input(z.union([said.extend(onTask), said.extend(inThread)]))
    .mutation(({ ctx, input }) => createComment(ctx, input)),
  update: mutation
    .input(one.extend({ body }))
    .mutation(({ ctx, input }) => updateComment(ctx, input)),
  /** What it said before it was edited, newest first; the last 100. */
  versions: authed
    .input(one)
    .query(({ ctx, input }) => listVersions(ctx.services.db, ctx.actor.user.id, input.id)),
  /** A thread on a task, by the comment that begins it; a document's by `threads.resolve`. */
  resolve: mutation.input(one).mutation(({ ctx, input }) => resolveComment(ctx, input)),
  reopen: mutation.input(one).mutation(({ ctx, input }) => reopenComment(ctx, input)),
  delete: mutation.input(one).mutation(({ ctx, input }) => deleteComment(ctx, input)),
  restore: mutation.input(one).mutation(({ ctx, input }) => restoreComment(ctx, input)),
  /** Takes back one's own mutation `of`; what somebody has changed since stays, and is named in `left`. */
  undo: mutation
    .input(one.extend({ of: id }))
    .mutation(({ ctx, input }) => undoComment(ctx, input)),
});

/** One emoji, as Unicode recommends them for interchange: also flags, families and skin tones. */
const emoji = z.string().regex(/^\p{RGI_Emoji}$/v, "Choose one emoji.");

/** Answers to comments by one emoji. */
export const reactionsRouter = router({
  /** Answers with the comment as it is then. `isSet`: what it should be; without it, turned round. */
  toggle: mutation
    .input(z.object({ commentId: id, emoji, isSet: z.boolean().optional() }))
    .mutation(({ ctx, input }) => toggleReaction(ctx, input)),
});
