import { z } from "zod";
import { id } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { loadDocumentImport } from "./queries.ts";
import { cancelDocumentImport, startDocumentImport } from "./start-document-import.ts";

/** What is imported is sent with `imports.upload` before: a zip of a folder, or one document. */
export const documentImportsRouter = router({
  /** Runs in the background: ask `get` how far it is. */
  start: mutation
    .input(
      z.object({
        id: id.optional(),
        workspaceId: id,
        projectId: id.nullish(),
        parentId: id.nullish(),
        fileId: id,
      }),
    )
    .mutation(({ ctx, input }) => startDocumentImport(ctx, input)),

  get: authed
    .input(z.object({ id }))
    .query(({ ctx, input }) => loadDocumentImport(ctx.services.db, ctx.actor.user.id, input.id)),

  cancel: mutation
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => cancelDocumentImport(ctx, input.id)),
});
