import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadProject } from "../core/access.ts";
import { tokenReadOnly } from "../core/errors.ts";
import { id } from "../core/text.ts";
import { authed, mutation, mutationIdInput, router } from "../core/trpc.ts";
import { loadImport } from "./load-import.ts";
import { CSV_FIELDS } from "./parse/csv-mapping.ts";
import { previewFiles } from "./preview-files.ts";
import { listImports } from "./queries.ts";
import { startImport } from "./start-import.ts";
import { fileTooLarge, uploadFile } from "./upload-file.ts";

/** A form with the field `file`, and `mutationId` if wanted: what a browser and `fetch` send as it is. */
const upload = z.instanceof(FormData).transform((form, { issues }) => {
  const file = form.get("file");
  const mutationId = z.uuid().nullable().safeParse(form.get("mutationId"));
  if (file instanceof File && mutationId.success) {
    return { file, mutationId: mutationId.data ?? undefined };
  }
  const field = mutationId.success ? "file" : "mutationId";
  issues.push({
    code: "custom",
    path: [field],
    input: form,
    message:
      field === "file" ? "Send one file in the form field “file”." : "mutationId must be a UUID.",
  });
  return z.NEVER;
});

const MOST_FILES = 20;
const MOST_COLUMNS = 20_000;
const fileIds = z.array(id).min(1).max(MOST_FILES);
const format = z.enum(schema.importFormats).optional();
const mapping = z
  .record(z.string().max(1_000), z.enum(CSV_FIELDS))
  .refine((columns) => Object.keys(columns).length <= MOST_COLUMNS)
  .optional();

export const importsRouter = router({
  /** Keeps a file of up to 64 MB for a day. */
  upload: authed
    .use(async ({ next }) => {
      const result = await next();
      // The HTTP side stopped reading: a body whose length nobody said before.
      if (!result.ok && result.error.code === "PAYLOAD_TOO_LARGE") throw fileTooLarge();
      return result;
    })
    .input(upload)
    .mutation(({ ctx, input, path }) => {
      if (ctx.actor.scope !== "write") throw tokenReadOnly();
      return uploadFile({ ...ctx, mutationId: input.mutationId, path }, input.file);
    }),

  /** What is in one's own files, before anything is imported. Changes nothing; a POST for its size. */
  preview: authed
    .input(mutationIdInput.extend({ fileIds, format, mapping }))
    .mutation(({ ctx, input, signal }) => previewFiles(ctx, input, signal)),

  /** Runs in the background: follow the changes of `import`, or ask `get`. */
  start: mutation
    .input(
      z.object({
        id: id.optional(),
        projectId: id,
        fileIds,
        format,
        mapping,
        /** Only says what would happen. */
        dryRun: z.boolean().optional(),
      }),
    )
    .mutation(({ ctx, input }) => startImport(ctx, input)),

  get: authed
    .input(z.object({ id }))
    .query(({ ctx, input }) => loadImport(ctx.services.db, ctx.actor.user.id, input.id)),

  list: authed.input(z.object({ projectId: id })).query(async ({ ctx, input }) => {
    await loadProject(ctx.services.db, ctx.actor.user.id, input.projectId, "viewer");
    return listImports(ctx.services.db, input.projectId);
  }),
});
