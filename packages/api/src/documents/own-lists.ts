/** What belongs to one person alone: favourites and what they had open last. In nobody's feed. */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, asc, desc, eq, gt, isNotNull, isNull, lt, max, ne, sql } from "drizzle-orm";
import { generateKeyBetween } from "fractional-indexing";
import { documentAccess, documentRole, loadDocument } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { write } from "../core/write.ts";
import type { Beside } from "./place.ts";

const { documents, documentFavourites, documentVisits } = schema;
const { members, projects, projectMembers } = schema;

/** A star, at the end of the list or beside another one; again, to put it elsewhere in the list. */
export async function addFavourite(ctx: MutationContext, input: Beside & { id: string }) {
  const userId = ctx.actor.user.id;
  return write(ctx, null, async (tx) => {
    await loadDocument(tx, userId, input.id, "viewer");
    const rank = await rankInList(tx, userId, input);
    await tx
      .insert(documentFavourites)
      .values({ userId, documentId: input.id, rank })
      .onConflictDoUpdate({
        target: [documentFavourites.userId, documentFavourites.documentId],
        set: { rank },
      });
    return { documentId: input.id, rank };
  });
}

export async function removeFavourite(ctx: MutationContext, { id }: { id: string }) {
  const userId = ctx.actor.user.id;
  return write(ctx, null, async (tx) => {
    await loadDocument(tx, userId, id, "viewer");
    await tx
      .delete(documentFavourites)
      .where(and(eq(documentFavourites.userId, userId), eq(documentFavourites.documentId, id)));
    return { documentId: id };
  });
}

async function rankInList(
  tx: Tx,
  userId: string,
  { id, afterId, beforeId }: Beside & { id: string },
) {
  const { rank, documentId } = documentFavourites;
  const others = and(eq(documentFavourites.userId, userId), ne(documentId, id));
  const first = async (where: typeof others, order: typeof asc) => {
    const list = tx.select({ rank }).from(documentFavourites).where(where);
    const [row] = await list.orderBy(order(rank)).limit(1);
    return row?.rank ?? null;
  };
  const after = afterId ? await first(and(others, eq(documentId, afterId)), asc) : null;
  if (after) return generateKeyBetween(after, await first(and(others, gt(rank, after)), asc));
  const before = beforeId ? await first(and(others, eq(documentId, beforeId)), asc) : null;
  if (before) return generateKeyBetween(await first(and(others, lt(rank, before)), desc), before);
  const [last] = await tx
    .select({ rank: max(rank) })
    .from(documentFavourites)
    .where(others);
  return generateKeyBetween(last?.rank ?? null, null);
}

/** Somebody looks at it. Told again and again while they do, it is written once a minute. */
export async function visitDocument(ctx: MutationContext, { id }: { id: string }) {
  const userId = ctx.actor.user.id;
  return write(ctx, null, async (tx) => {
    await loadDocument(tx, userId, id, "viewer");
    await tx
      .insert(documentVisits)
      .values({ userId, documentId: id })
      .onConflictDoUpdate({
        target: [documentVisits.userId, documentVisits.documentId],
        set: { at: sql`now()` },
        setWhere: sql`${documentVisits.at} < now() - interval '1 minute'`,
      });
    return { id };
  });
}

type Mine = { userId: string; workspaceId: string };

const seen = ({ workspaceId }: Mine) =>
  and(eq(documents.workspaceId, workspaceId), isNull(documents.deletedAt), isNotNull(documentRole));

export function listFavourites(q: Queryable, mine: Mine) {
  const on = documentAccess(mine.userId);
  const { documentId, rank, userId } = documentFavourites;
  return q
    .select({ documentId, rank })
    .from(documentFavourites)
    .innerJoin(documents, eq(documents.id, documentId))
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(and(eq(userId, mine.userId), seen(mine)))
    .orderBy(asc(rank), asc(documentId));
}

export function listVisits(q: Queryable, mine: Mine, limit: number) {
  const on = documentAccess(mine.userId);
  const { documentId, at, userId } = documentVisits;
  return q
    .select({ documentId, at })
    .from(documentVisits)
    .innerJoin(documents, eq(documents.id, documentId))
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .where(and(eq(userId, mine.userId), seen(mine)))
    .orderBy(desc(at))
    .limit(limit);
}
