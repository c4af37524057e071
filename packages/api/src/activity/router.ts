import { z } from "zod";
import { id, instant } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { readBoardAt } from "./board-at.ts";
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

  /**
   * A project's board as it was: at a time, or right after the change of a number. Its tasks come in the
   * order of their numbers, a page at a time, each page with what stands around them. Refused as
   * `before_feed` when the feed does not reach back that far.
   */
  boardAt: authed
    .input(
      z.object({
        projectId: id,
        moment: z.union([z.object({ at: instant }), z.object({ seq: position })]),
        cursor: z.int32().nonnegative().optional(),
        limit: z.number().int().min(1).max(1_000).default(1_000),
      }),
    )
    .query(({ ctx, input }) => readBoardAt(ctx.services.db, ctx.actor.user.id, input)),
});
