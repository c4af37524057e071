/**
 * Where a task stands in its column: a fractional index, so that a move writes one row.
 *
 * Two people may drop cards into the same gap at once and would compute the same key. So the
 * column's status row is held while a rank is chosen, and the neighbours are read under that lock.
 * Equal ranks can still exist (an import, a merge of columns); the order is then by id, and a move
 * between two equals goes behind the whole run of them.
 */
import { compile, query, schema, type Tx } from "@guildhall/db";
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

const heldStatus = compile(["projectId", "statusId"], (at) =>
  query
    .select({ id: statuses.id, category: statuses.category })
    .from(statuses)
    .where(and(eq(statuses.id, at.statusId), eq(statuses.projectId, at.projectId)))
    .for("no key update"),
);

/** The status, if it is one of the project's; holds it, so that ranks are chosen one at a time. */
export async function holdColumn(tx: Tx, projectId: string, statusId: string) {
  const [status] = await heldStatus(tx, { projectId, statusId });
  if (!status) throw notFound("status");
  return status;
}

const edgeOf = (which: "first" | "last") =>
  compile(["projectId", "statusId", "movedId"], (at) => {
    const aggregate = which === "first" ? sql`min` : sql`max`;
    return query
      .select({ rank: sql<string | null>`${aggregate}(${tasks.rank})` })
      .from(tasks)
      .where(
        and(
          eq(tasks.projectId, at.projectId),
          eq(tasks.statusId, at.statusId),
          isNull(tasks.deletedAt),
          ne(tasks.id, at.movedId),
        ),
      );
  });
const firstOf = edgeOf("first");
const lastOf = edgeOf("last");

/** Holds the column and chooses a rank at one end of it, in one journey: the lock is sent first. */
export async function holdEdge(
  tx: Tx,
  { projectId, statusId }: Pick<Place, "projectId" | "statusId">,
  { movedId, place }: { movedId: string; place: "top" | "bottom" },
) {
  const edge = place === "top" ? firstOf : lastOf;
  const [status, [found]] = await Promise.all([
    holdColumn(tx, projectId, statusId),
    edge(tx, { projectId, statusId, movedId }),
  ]);
  const rank = found?.rank ?? null;
  return {
    status,
    rank: place === "top" ? generateKeyBetween(null, rank) : generateKeyBetween(rank, null),
  };
}

/** Holds the column and chooses the rank of a place in it. */
export async function holdPlace(tx: Tx, place: Place, movedId: string) {
  const { projectId, afterId, beforeId } = place;
  if (afterId || beforeId) {
    const status = await holdColumn(tx, projectId, place.statusId);
    const rank = await rankBeside(tx, place, movedId);
    if (rank !== null) return { status, rank };
  }
  return holdEdge(tx, place, { movedId, place: "bottom" });
}

async function rankBeside(tx: Tx, place: Place, movedId: string): Promise<string | null> {
  const column = and(
    eq(tasks.projectId, place.projectId),
    eq(tasks.statusId, place.statusId),
    isNull(tasks.deletedAt),
    ne(tasks.id, movedId),
  );
  const after = place.afterId ? await rankOf(tx, place, place.afterId) : null;
  if (after !== null) return generateKeyBetween(after, await nextAbove(tx, column, after));
  const before = place.beforeId ? await rankOf(tx, place, place.beforeId) : null;
  if (before !== null) return generateKeyBetween(await nextBelow(tx, column, before), before);
  return null;
}

/** `n` ranks behind everything in the project, for an import. */
export async function ranksLast(tx: Tx, projectId: string, n: number): Promise<string[]> {
  const [last] = await tx
    .select({ rank: sql<string | null>`max(${tasks.rank})` })
    .from(tasks)
    .where(eq(tasks.projectId, projectId));
  return generateNKeysBetween(last?.rank ?? null, null, n);
}

/**
 * A neighbour that was deleted meanwhile still says where; one that has gone to another column says
 * nothing any more.
 */
async function rankOf(tx: Tx, { projectId, statusId }: Place, id: string): Promise<string | null> {
  const [row] = await tx
    .select({ rank: tasks.rank, statusId: tasks.statusId })
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.projectId, projectId)));
  if (!row) throw notFound("task");
  return row.statusId === statusId ? row.rank : null;
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
