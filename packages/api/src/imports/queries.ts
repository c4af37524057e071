import { type Queryable, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { must } from "../core/errors.ts";

const { imports } = schema;

const columns = {
  id: imports.id,
  projectId: imports.projectId,
  format: imports.format,
  mode: imports.mode,
  state: imports.state,
  done: imports.done,
  total: imports.total,
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
  return must(row, "an import that was just loaded");
}
