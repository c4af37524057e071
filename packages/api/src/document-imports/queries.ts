import { type Queryable, schema } from "@guildhall/db";
import { and, eq, inArray, sql } from "drizzle-orm";
import { notFound } from "../core/errors.ts";
import { waitsFor } from "../imports/waits-for.ts";

const { documentImports } = schema;

const columns = {
  id: documentImports.id,
  workspaceId: documentImports.workspaceId,
  state: documentImports.state,
  done: documentImports.done,
  total: documentImports.total,
  waitsFor: waitsFor(documentImports),
  rootId: documentImports.rootId,
  report: documentImports.report,
  error: documentImports.error,
  createdAt: documentImports.createdAt,
  finishedAt: documentImports.finishedAt,
};

export const underWay = inArray(documentImports.state, ["waiting", "reading", "writing"]);

/** One's own: what an import is about is seen in the tree, by whoever may see that. */
export async function loadDocumentImport(q: Queryable, userId: string, id: string) {
  const [row] = await q
    .select(columns)
    .from(documentImports)
    .where(and(eq(documentImports.id, id), eq(documentImports.createdBy, userId)));
  if (!row) throw notFound("import");
  return row;
}

/** Their imports go one after the other. */
export async function workspacesOf(q: Queryable, ids: string[]): Promise<Map<string, string>> {
  const { id, workspaceId } = documentImports;
  const rows = await q.select({ id, workspaceId }).from(documentImports).where(inArray(id, ids));
  return new Map(rows.map((row) => [row.id, row.workspaceId]));
}

/** Those that still have to be brought to an end, oldest first. */
export async function unfinishedDocumentImports(q: Queryable): Promise<string[]> {
  const rows = await q
    .select({ id: documentImports.id })
    .from(documentImports)
    .where(underWay)
    .orderBy(documentImports.createdAt);
  return rows.map(({ id }) => id);
}

/** Counts the attempt; null when there is nothing to do any more. */
export async function beginDocumentImport(q: Queryable, id: string) {
  const [row] = await q
    .update(documentImports)
    .set({ attempts: sql`${documentImports.attempts} + 1`, state: "reading" })
    .where(and(eq(documentImports.id, id), underWay))
    .returning();
  return row ?? null;
}
