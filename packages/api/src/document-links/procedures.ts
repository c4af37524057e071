import { z } from "zod";
import { loadDocument, loadTask, loadWorkspace } from "../core/access.ts";
import { id, ids } from "../core/text.ts";
import { authed } from "../core/trpc.ts";
import { listBacklinks, readLinkTargets } from "./queries.ts";

/** Part of `documents` in the router. */
export const linkProcedures = {
  /** Made from the texts in the background: a link that was just written may be missing. */
  backlinks: authed
    .input(z.object({ target: z.enum(["document", "task"]), id }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      const load = input.target === "document" ? loadDocument : loadTask;
      const { workspaceId } = await load(db, userId, input.id, "viewer");
      return listBacklinks(db, { userId, workspaceId }, input);
    }),

  /** What links point to, of up to 200 each; what is not in the answer is gone or hidden. */
  linkTargets: authed
    .input(z.object({ workspaceId: id, documentIds: ids(200), taskIds: ids(200) }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      await loadWorkspace(db, userId, input.workspaceId, "guest");
      return readLinkTargets(db, { userId, workspaceId: input.workspaceId }, input);
    }),
};
