import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { loadProject } from "../core/access.ts";
import { GuildhallError, notFound } from "../core/errors.ts";
import { readImport } from "./queries.ts";

const { imports } = schema;

/** The import, if this person may see its project. */
export async function loadImport(q: Queryable, userId: string, id: string) {
  const { projectId } = imports;
  const [row] = await q.select({ projectId }).from(imports).where(eq(imports.id, id));
  if (!row) throw notFound("import");
  await loadProject(q, userId, row.projectId, "viewer").catch(asImport);
  return readImport(q, id);
}

/** A stranger asked for an import, and is not told that its project exists. */
function asImport(error: unknown): never {
  if (error instanceof GuildhallError && error.reason === "not_found") throw notFound("import");
  throw error;
}
