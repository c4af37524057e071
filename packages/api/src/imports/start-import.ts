import { schema, sqlState } from "@guildhall/db";
import type { CsvMapping, ImportFormat } from "@guildhall/importers/tasks";
import { uuidv7 } from "uuidv7";
import { loadProject } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { conflict, notFound, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import type { ConflictsInput } from "./choices.ts";
import { hasFiles } from "./load-files.ts";
import { readImport } from "./queries.ts";

export type NewImport = {
  id?: string | undefined;
  projectId: string;
  fileIds: string[];
  format?: ImportFormat | undefined;
  mapping?: CsvMapping | undefined;
  sameSource?: boolean | undefined;
  conflicts?: ConflictsInput | undefined;
  dryRun?: boolean | undefined;
};

/** Notes that these files are to be imported, and hands it to the background. */
export async function startImport(ctx: MutationContext, input: NewImport) {
  const userId = ctx.actor.user.id;
  const { workspaceId } = await loadProject(ctx.services.db, userId, input.projectId, "editor");
  const row = await write(ctx, workspaceId, async (tx, record) => {
    const project = await loadProject(tx, userId, input.projectId, "editor");
    if (project.archivedAt) {
      throw refused(
        "project_archived",
        "Nothing was imported: this project is archived. Restore it first.",
      );
    }
    if (!(await hasFiles(tx, userId, input.fileIds))) throw notFound("file");
    const id = input.id ?? uuidv7();
    await tx.insert(schema.imports).values({
      id,
      workspaceId,
      projectId: project.id,
      format: input.format ?? null,
      fileIds: [...new Set(input.fileIds)],
      mapping: input.mapping ?? null,
      sameSource: input.sameSource ?? null,
      conflicts: input.conflicts ?? null,
      mode: input.dryRun ? "dry" : "real",
      state: "waiting",
      createdBy: userId,
    });
    const row = await readImport(tx, id);
    record({ entity: "import", id, op: "insert", row, within: project.id });
    return row;
  }).catch(explainTakenId);
  await ctx.services.enqueueImport(row.id);
  return row;
}

function explainTakenId(error: unknown): never {
  if (sqlState(error) !== "23505") throw error;
  throw conflict("id_taken", "Nothing was started: something with this ID already exists.");
}
