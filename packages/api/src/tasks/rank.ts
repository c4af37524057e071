/**
 * Where a task stands in its column: a fractional index, so that a move writes one row.
 *
 * Two people may drop cards into the same gap at once and would compute the same key. So the
 * column's status row is held while a rank is chosen, and the neighbours are read under that lock.
 * Equal ranks can still exist (an import, a merge of columns); the order is then by id, and a move
 * between two equals goes behind the whole run of them.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, asc, desc, eq, gt, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { notFound } from "../core/errors.ts";

const { tasks, statuses } = schema;

export type Place = {
  projectId: string;
  statusId: string;
  /** Stand directly before this task. */
  beforeId?: string | undefined;
  /** Stand directly behind this task. */
  afterId?: string | undefined;
};

/** The status, if it is one of the project's; holds it, so that ranks are chosen one at a time. */
export async function holdColumn(tx: Tx, projectId: string, statusId: string) {
  const [status] = await tx
    .select()
    .from(statuses)
    .where(and(eq(statuses.id, statusId), eq(statuses.projectId, projectId)))
    .for("no key update");
  if (!status) throw notFound("status");
  return status;
}

export async function rankAt(tx: Tx, place: Place, movedId: string): Promise<string> {
  const column = and(
    eq(tasks.projectId, place.projectId),
    eq(tasks.statusId, place.statusId),
    isNull(tasks.deletedAt),
    ne(tasks.id, movedId),
  );
  const after = place.afterId ? await rankOf(tx, place.projectId, place.afterId) : null;
  if (after !== null) return generateKeyBetween(after, await nextAbove(tx, column, after));
  const before = place.beforeId ? await rankOf(tx, place.projectId, place.beforeId) : null;
  if (before !== null) return generateKeyBetween(await nextBelow(tx, column, before), before);
  return generateKeyBetween(await edge(tx, column, "last"), null);
}

/** A rank before everything in the column. */
export async function rankFirst(tx: Tx, projectId: string, statusId: string): Promise<string> {
  const column = and(
    eq(tasks.projectId, projectId),
    eq(tasks.statusId, statusId),
    isNull(tasks.deletedAt),
  );
  return generateKeyBetween(null, await edge(tx, column, "first"));
}

/** `n` ranks behind everything in the project, for an import. */
export async function ranksLast(tx: Tx, projectId: string, n: number): Promise<string[]> {
  const last = await edge(tx, eq(tasks.projectId, projectId), "last");
  return generateNKeysBetween(last, null, n);
}

async function rankOf(tx: Tx, projectId: string, id: string): Promise<string> {
  const [row] = await tx
    .select({ rank: tasks.rank })
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.projectId, projectId), isNull(tasks.deletedAt)));
  if (!row) throw notFound("task");
  return row.rank;
}

async function nextAbove(tx: Tx, column: SQL | undefined, rank: string) {
  const [row] = await tx
    .select({ rank: tasks.rank })
    .from(tasks)
    .where(and(column, gt(tasks.rank, rank)))
    .orderBy(asc(tasks.rank))
    .limit(1);
  return row?.rank ?? null;
}

async function nextBelow(tx: Tx, column: SQL | undefined, rank: string) {
  const [row] = await tx
    .select({ rank: tasks.rank })
    .from(tasks)
    .where(and(column, lt(tasks.rank, rank)))
    .orderBy(desc(tasks.rank))
    .limit(1);
  return row?.rank ?? null;
}

async function edge(tx: Tx, column: SQL | undefined, which: "first" | "last") {
  const aggregate = which === "first" ? sql`min` : sql`max`;
  const [row] = await tx
    .select({ rank: sql<string | null>`${aggregate}(${tasks.rank})` })
    .from(tasks)
    .where(column);
  return row?.rank ?? null;
}
