import { z } from "zod";
import { loadDocument, loadProject } from "../core/access.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { snapshot } from "../core/write.ts";
import { documentsOf, tasksOfProject } from "./queries.ts";
import { textsOf } from "./texts.ts";

const limit = z.number().int().min(1).max(500).default(200);
const MOST_TEXTS = 50;

/**
 * Whole places for devices that store them. Each page comes with the place in the feed that it belongs
 * to: apply later changes to its rows.
 */
export const offlineRouter = router({
  /** Tasks in the order of their numbers, archived ones too, with all that hangs on them. */
  tasks: authed
    .input(z.object({ projectId: id, cursor: z.int32().nonnegative().default(0), limit }))
    .query(({ ctx, input }) =>
      snapshot(ctx.services.db, async (tx) => {
        const { workspaceId } = await loadProject(tx, ctx.actor.user.id, input.projectId, "viewer");
        const { seq, epoch } = await readCursor(tx, workspaceId);
        return { ...(await tasksOfProject(tx, input)), seq, epoch };
      }),
    ),

  /**
   * A project's documents, or a document or folder with all below it, in the order of ids, with their
   * threads and files; their texts are asked for by `texts`. `cursor` is the last id seen.
   */
  documents: authed
    .input(
      z.intersection(
        z.union([z.object({ projectId: id }), z.object({ documentId: id })]),
        z.object({ cursor: id.nullish(), limit }),
      ),
    )
    .query(({ ctx, input }) =>
      snapshot(ctx.services.db, async (tx) => {
        const userId = ctx.actor.user.id;
        const { workspaceId } =
          "projectId" in input
            ? await loadProject(tx, userId, input.projectId, "viewer")
            : await loadDocument(tx, userId, input.documentId, "viewer");
        const { seq, epoch } = await readCursor(tx, workspaceId);
        const page = { ...input, userId, cursor: input.cursor ?? undefined };
        return { ...(await documentsOf(tx, page)), seq, epoch };
      }),
    ),

  /**
   * Texts of documents, as Yjs updates (v1) in base64, as many as fit into one answer; who is left out
   * is asked for again. `gone`: they are no documents that the caller may see.
   */
  texts: authed
    .input(z.object({ documentIds: z.array(id).min(1).max(MOST_TEXTS) }))
    .query(({ ctx, input }) =>
      snapshot(ctx.services.db, (tx) => textsOf(tx, ctx.actor.user.id, input.documentIds)),
    ),
});
