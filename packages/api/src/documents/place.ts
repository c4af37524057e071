/** Where something is to stand in the tree: who may put it there, and between which siblings. */
import { schema, type Tx } from "@guildhall/db";
import { and, asc, desc, eq, gt, isNull, lt, max, ne, type SQL } from "drizzle-orm";
import { generateKeyBetween, generateNKeysBetween } from "fractional-indexing";
import { loadDocument, loadProject, loadWorkspace } from "../core/access.ts";
import { asMissing, notFound } from "../core/errors.ts";

const { documents } = schema;

export type Place = {
  workspaceId: string;
  projectId: string | null;
  parentId: string | null;
  scopePath: string[];
};

export type Wanted = {
  workspaceId: string;
  projectId?: string | null | undefined;
  parentId?: string | null | undefined;
};

/** Where something is to stand, if this person may write there. Below a parent, its project holds. */
export async function loadPlace(
  tx: Tx,
  userId: string,
  { workspaceId, projectId, parentId }: Wanted,
): Promise<Place> {
  const missing = asMissing("place");
  await loadWorkspace(tx, userId, workspaceId, "guest").catch(missing);
  if (parentId) {
    const parent = await loadDocument(tx, userId, parentId, "editor").catch(missing);
    if (parent.workspaceId !== workspaceId) throw notFound("place");
    return { workspaceId, projectId: parent.projectId, parentId, scopePath: parent.scopePath };
  }
  if (projectId) {
    const project = await loadProject(tx, userId, projectId, "editor").catch(missing);
    if (project.workspaceId !== workspaceId) throw notFound("place");
    return { workspaceId, projectId, parentId: null, scopePath: [] };
  }
  await loadWorkspace(tx, userId, workspaceId, "editor");
  return { workspaceId, projectId: null, parentId: null, scopePath: [] };
}

type Spot = Pick<Place, "workspaceId" | "projectId" | "parentId">;

const standsAt = ({ workspaceId, projectId, parentId }: Spot) =>
  parentId
    ? eq(documents.parentId, parentId)
    : and(
        isNull(documents.parentId),
        eq(documents.workspaceId, workspaceId),
        projectId ? eq(documents.projectId, projectId) : isNull(documents.projectId),
      );

/** What is in the bin counts: it may come back to where it stood. */
async function lastAt(tx: Tx, spot: Spot): Promise<string | null> {
  const [last] = await tx
    .select({ rank: max(documents.rank) })
    .from(documents)
    .where(standsAt(spot));
  return last?.rank ?? null;
}

export const lastRank = async (tx: Tx, spot: Spot) =>
  generateKeyBetween(await lastAt(tx, spot), null);

/** `n` ranks behind everything at this spot. */
export const lastRanks = async (tx: Tx, spot: Spot, n: number) =>
  generateNKeysBetween(await lastAt(tx, spot), null, n);

export type Beside = { beforeId?: string | undefined; afterId?: string | undefined };

/**
 * Directly behind `afterId`, else directly before `beforeId`, else last. A neighbour that has gone
 * elsewhere meanwhile says nothing any more. Equal ranks can exist: then behind the whole run of them.
 */
export async function rankAt(tx: Tx, spot: Spot, { afterId, beforeId }: Beside, movedId: string) {
  const beside = and(standsAt(spot), ne(documents.id, movedId));
  const after = afterId ? await rankOf(tx, beside, afterId) : null;
  if (after !== null) {
    return generateKeyBetween(after, await next(tx, and(beside, gt(documents.rank, after)), asc));
  }
  const before = beforeId ? await rankOf(tx, beside, beforeId) : null;
  if (before !== null) {
    return generateKeyBetween(
      await next(tx, and(beside, lt(documents.rank, before)), desc),
      before,
    );
  }
  return lastRank(tx, spot);
}

async function rankOf(tx: Tx, beside: SQL | undefined, id: string) {
  const [row] = await tx
    .select({ rank: documents.rank })
    .from(documents)
    .where(and(beside, eq(documents.id, id)));
  return row?.rank ?? null;
}

async function next(tx: Tx, where: SQL | undefined, order: typeof asc) {
  const [row] = await tx
    .select({ rank: documents.rank })
    .from(documents)
    .where(where)
    .orderBy(order(documents.rank))
    .limit(1);
  return row?.rank ?? null;
}
