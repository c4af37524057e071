import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { loadProject, NOWHERE } from "../core/access.ts";
import { asMissing } from "../core/errors.ts";
import { type ImportRow, readImport } from "./queries.ts";

const { imports } = schema;

/**
 * The import: of tasks, if this person may see their project; of documents or a workspace, if it is theirs,
 * for what those are about is seen by whoever may see that.
 */
export async function loadImport(q: Queryable, userId: string, id: string): Promise<ImportRow> {
  const { kind, projectId, createdBy } = imports;
  const [row] = await q
    .select({ kind, projectId, createdBy })
    .from(imports)
    .where(eq(imports.id, id));
  if (row && row.kind !== "tasks" && row.createdBy === userId) return readImport(q, id);
  const place = row?.kind === "tasks" && row.projectId;
  await loadProject(q, userId, place || NOWHERE, "viewer").catch(asMissing("import"));
  return readImport(q, id);
}
