import { z } from "zod";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { listActivity } from "./list-activity.ts";

const position = z.number().int().nonnegative();

/** What happened in a workspace, a project or a document. */
export const activityRouter = router({
  /**
   * Newest first, a page at a time: rows with what they were before, from which `sentencesFor` makes
   * sentences. A page may be short, even empty, and have a `nextCursor`. `after` asks for what came
   * since the `seq` of an answer.
   */
  list: authed
    .input(
      z.object({
        workspaceId: id,
        projectId: id.optional(),
        documentId: id.optional(),
        cursor: position.optional(),
        after: position.optional(),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    )
    .query(({ ctx, input }) => listActivity(ctx.services.db, ctx.actor.user.id, input)),
});
