import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { invariant } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { waitsFor } from "./waits-for.ts";

const { imports } = schema;

export type {
  DocumentImportReport,
  TaskImportReport,
  WorkspaceImportReport,
} from "@guildhall/db/schema";

const columns = {
  id: imports.id,
  workspaceId: imports.workspaceId,
  kind: imports.kind,
  projectId: imports.projectId,
  parentId: imports.parentId,
  format: imports.format,
  mode: imports.mode,
  state: imports.state,
  done: imports.done,
  total: imports.total,
  waitsFor,
  /** What documents came as: the folder around all of them, or the one document. */
  rootId: imports.rootId,
  report: imports.report,
  error: imports.error,
  createdBy: imports.createdBy,
  createdAt: imports.createdAt,
  finishedAt: imports.finishedAt,
};

const select = (q: Queryable, where: SQL | undefined) =>
  q.select(columns).from(imports).where(where);

type Selected = Awaited<ReturnType<typeof select>>[number];
type Common = Omit<Selected, "kind" | "projectId" | "report">;

export type TaskImportRow = Common & {
  kind: "tasks";
  projectId: string;
  report: schema.TaskImportReport | null;
};
export type DocumentImportRow = Common & {
  kind: "documents";
  projectId: string | null;
  report: schema.DocumentImportReport | null;
};
export type WorkspaceImportRow = Common & {
  kind: "workspace";
  projectId: null;
  report: schema.WorkspaceImportReport | null;
};
export type ImportRow = TaskImportRow | DocumentImportRow | WorkspaceImportRow;

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    /** Progress and outcome; the report comes with the last change. */
    import: ImportRow;
  }
}

export const underWay = inArray(imports.state, ["waiting", "reading", "writing"]);

export async function readImport(q: Queryable, id: string): Promise<ImportRow> {
  const [row] = await select(q, eq(imports.id, id));
  // The table holds that a row is one of these.
  return invariant(row, "an import that was just loaded") as ImportRow;
}

/** Told of tasks to whoever sees the project, and of the others to whoever brings them. */
export async function recordImport(
  tx: Tx,
  record: RecordChange,
  id: string,
  op: "insert" | "update" = "update",
): Promise<ImportRow> {
  const row = await readImport(tx, id);
  const change = { entity: "import", id, op, row } as const;
  if (row.kind === "tasks") record({ ...change, scopeId: row.projectId });
  else if (row.createdBy) record({ ...change, audienceUserId: row.createdBy });
  return row;
}

const LISTED = 50;

/** Of tasks, the latest first, without the lists of each: those may be a thousand long, and `get` has them. */
export async function listImports(q: Queryable, projectId: string): Promise<TaskImportRow[]> {
  const report = sql`${imports.report} || '{"problems": [], "conflicts": []}'`;
  const rows = await q
    .select({ ...columns, report })
    .from(imports)
    .where(and(eq(imports.projectId, projectId), eq(imports.kind, "tasks")))
    .orderBy(desc(imports.createdAt), desc(imports.id))
    .limit(LISTED);
  return rows as TaskImportRow[];
}

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
    .where(underWay)
    .orderBy(imports.createdAt);
  return rows.map(({ id }) => id);
}
