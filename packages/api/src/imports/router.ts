import { schema } from "@guildhall/db";
import { CSV_FIELDS } from "@guildhall/importers/tasks";
import { z } from "zod";
import { loadProject } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, mutation, mutationIdInput, router } from "../core/trpc.ts";
import { loadImport } from "./load-import.ts";
import { listImports } from "./queries.ts";
import {
  cancelImport,
  startDocumentImport,
  startTaskImport,
  startWorkspaceImport,
} from "./start-import.ts";
import { conflictsInput } from "./tasks/choices.ts";
import { previewFiles } from "./tasks/preview-files.ts";
import { readingInput } from "./tasks/reading.ts";

const MOST_FILES = 20;
const MOST_COLUMNS = 20_000;
const fileIds = z.array(id).min(1).max(MOST_FILES);
const format = z.enum(schema.importFormats).optional();
const mapping = z
  .record(z.string().max(1_000), z.enum(CSV_FIELDS))
  .refine((columns) => Object.keys(columns).length <= MOST_COLUMNS)
  .optional();
const reading = readingInput.optional();

/** Of files that were uploaded with `forImport` (files/over-http.ts), by whoever imports them. */
export const importsRouter = router({
  /** What is in one's own files, before anything is imported. Changes nothing; a POST for its size. */
  preview: authed
    .input(mutationIdInput.extend({ fileIds, format, mapping, reading }))
    .mutation(({ ctx, input, signal }) => previewFiles(ctx, input, signal)),

  /**
   * Runs in the background: follow the changes of `import`, or ask `get`.
   *
   * A later import of a source brings what changed there since the last one. Only what the file has a
   * column (or a key) for is compared. A field that was changed both there and here is in the report's
   * `conflicts` with both values, and stays as it is here unless `conflicts` says otherwise. When ids of
   * the file were seen in a file of what looks like another source, the report's `otherSource` says so:
   * unless `sameSource` says that they mean the same tasks, the file's tasks are new ones.
   */
  start: mutation
    .input(
      z.object({
        id: id.optional(),
        projectId: id,
        fileIds,
        format,
        mapping,
        reading,
        sameSource: z.boolean().optional(),
        conflicts: conflictsInput.optional(),
        /** Only says what would happen. */
        dryRun: z.boolean().optional(),
      }),
    )
    .mutation(({ ctx, input }) => startTaskImport(ctx, input)),

  /** The same of documents into the tree; what is uploaded is a zip of a folder, or one document. */
  startDocuments: mutation
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

  /**
   * The same of a whole workspace that another server exported, into a new one with nothing in it; `dryRun`
   * checks all of it and says what would come.
   */
  startWorkspace: mutation
    .input(
      z.object({
        id: id.optional(),
        workspaceId: id,
        fileId: id,
        /** Under which address the importer is in it; without it, under the one that they have here. */
        myAddress: z.string().max(1_000).optional(),
        dryRun: z.boolean().optional(),
      }),
    )
    .mutation(({ ctx, input }) => startWorkspaceImport(ctx, input)),

  /** One's own, as long as it has not ended; nothing of it stays. */
  cancel: mutation
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => cancelImport(ctx, input.id)),

  get: authed
    .input(z.object({ id }))
    .query(({ ctx, input }) => loadImport(ctx.services.db, ctx.actor.user.id, input.id)),

  /** Those of tasks into this project. */
  list: authed.input(z.object({ projectId: id })).query(async ({ ctx, input }) => {
    await loadProject(ctx.services.db, ctx.actor.user.id, input.projectId, "viewer");
    return listImports(ctx.services.db, input.projectId);
  }),
});
