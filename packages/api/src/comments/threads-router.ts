import { z } from "zod";
import { loadDocument } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { listThreads } from "./queries.ts";
import { body } from "./router.ts";
import { beginThread, reanchorThread, reopenThread, resolveThread, undoThread } from "./threads.ts";

/** A Yjs relative position in base64: a few dozen bytes. */
const position = z.base64().min(1).max(400);
const anchor = z.object({ from: position, to: position });
const one = z.object({ id });

/** Threads in documents; what is said in one is a comment. */
export const threadsRouter = router({
  list: authed.input(z.object({ documentId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await loadDocument(db, ctx.actor.user.id, input.documentId, "viewer");
    return listThreads(db, [input.documentId]);
  }),
  begin: mutation
    .input(
      z.object({
        id: id.optional(),
        documentId: id,
        anchor,
        quote: z.string().max(2_000),
        comment: z.object({ id: id.optional(), body }),
      }),
    )
    .mutation(({ ctx, input }) => beginThread(ctx, input)),
  resolve: mutation.input(one).mutation(({ ctx, input }) => resolveThread(ctx, input)),
  reopen: mutation.input(one).mutation(({ ctx, input }) => reopenThread(ctx, input)),
  /** Takes back one's own mutation `of`; what somebody has changed since stays, and is named in `left`. */
  undo: mutation.input(one.extend({ of: id })).mutation(({ ctx, input }) => undoThread(ctx, input)),
  reanchor: mutation
    .input(one.extend({ anchor }))
    .mutation(({ ctx, input }) => reanchorThread(ctx, input)),
});
