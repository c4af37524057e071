import { z } from "zod";
import { loadTask } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { createComment, deleteComment, restoreComment, updateComment } from "./comments.ts";
import { listComments } from "./queries.ts";

const body = z.string().trim().min(1).max(100_000);
const one = z.object({ id });

export const commentsRouter = router({
  list: authed.input(z.object({ taskId: id })).query(async ({ ctx, input }) => {
    await loadTask(ctx.services.db, ctx.actor.user.id, input.taskId, "viewer");
    return listComments(ctx.services.db, input.taskId);
  }),
  create: mutation
    .input(z.object({ id: id.optional(), taskId: id, body }))
    .mutation(({ ctx, input }) => createComment(ctx, input)),
  update: mutation
    .input(one.extend({ body }))
    .mutation(({ ctx, input }) => updateComment(ctx, input)),
  delete: mutation.input(one).mutation(({ ctx, input }) => deleteComment(ctx, input)),
  restore: mutation.input(one).mutation(({ ctx, input }) => restoreComment(ctx, input)),
});
