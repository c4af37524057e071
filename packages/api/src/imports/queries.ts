import { type Queryable, schema } from "@guildhall/db";
import { desc, eq, inArray, notInArray, sql } from "drizzle-orm";
import { invariant } from "../core/errors.ts";
import { waitsFor } from "./waits-for.ts";

const { imports } = schema;

export type ImportReport = schema.ImportReport;

const columns = {
  id: imports.id,
  projectId: imports.projectId,
  format: imports.format,
  mode: imports.mode,
  state: imports.state,
  done: imports.done,
  total: imports.total,
  waitsFor: waitsFor(imports),
  report: imports.report,
  error: imports.error,
  createdBy: imports.createdBy,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
};

export type ImportRow = Awaited<ReturnType<typeof readImport>>;

declare module "../core/change.ts" {
  interface ChangeRows {
    /** Progress and outcome; the report comes with the last change. */
    import: ImportRow;
  }
}

export async function readImport(q: Queryable, id: string) {
  const [row] = await q.select(columns).from(imports).where(eq(imports.id, id));
  return invariant(row, "an import that was just loaded");
}

const LISTED = 50;

/** The latest first, without the lists of each: those may be a thousand long, and `get` has them. */
export const listImports = (q: Queryable, projectId: string) =>
  q
    .select({
      ...columns,
      report: sql<ImportReport | null>`${imports.report} || '{"problems": [], "conflicts": []}'`,
    })
    .from(imports)
    .where(eq(imports.projectId, projectId))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(LISTED);

/** Their imports go one after the other. */
export async function workspacesOf(q: Queryable, ids: string[]): Promise<Map<string, string>> {
  const { id, workspaceId } = imports;
  const rows = await q.select({ id, workspaceId }).from(imports).where(inArray(id, ids));
  return new Map(rows.map((row) => [row.id, row.workspaceId]));
}

/** Those that still have to be brought to an end, oldest first. */
export async function unfinishedImports(q: Queryable): Promise<string[]> {
  const rows = await q
    .select({ id: imports.id })
    .from(imports)
    .where(notInArray(imports.state, ["done", "failed"]))
    .orderBy(imports.createdAt);
  return rows.map(({ id }) => id);
}
