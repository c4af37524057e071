/**
 * The bin. What is deleted leaves the tree with all that is below it, under one moment, by which it is
 * known again: it comes back together, and without what had been deleted before it.
 */
import { type Db, type Queryable, schema, type Tx } from "@guildhall/db";
import { and, desc, eq, isNotNull, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { recordAudit } from "../audit/record-audit.ts";
import {
  documentAccess,
  documentRole,
  joinRoles,
  mayAs,
  type Role,
  scopeOf,
} from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { invariant, roleTooLow } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { lockDocument } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { lastRank, loadPlace } from "./place.ts";
import { documentColumns, readDocument, readDocuments } from "./queries.ts";
import { aroundRights } from "./rights-below.ts";
import { resettle, withBelow } from "./subtree.ts";

const { documents, documentMembers, members, projects, projectMembers } = schema;

/** How long it can be brought back. */
const KEPT = sql`now() - interval '30 days'`;

type Gone = { id: string; scopeId: string | null };

export async function deleteDocument(ctx: MutationContext, { id }: { id: string }) {
  return write(ctx, null, async (tx, record) => {
    const userId = ctx.actor.user.id;
    const document = await lockDocument(tx, userId, id, "editor");
    await putInTrash(tx, record, { userId, document });
    const { workspaceId, title: name } = document;
    await recordAudit(tx, ctx, {
      ...{ action: "document.deleted", workspaceId, subject: { id, name } },
    });
    return { id };
  });
}

type Held = { userId: string; document: Loaded };

/** For who holds the tree. */
export async function putInTrash(tx: Tx, record: RecordChange, { userId, document }: Held) {
  const { id, workspaceId } = document;
  const gone = await tx.execute<Gone>(sql`${withBelow(id)}
    update ${documents} d set deleted_at = now(), deleted_by = ${userId}, version = d.version + 1
    from below where below.id = d.id and d.deleted_at is null
    returning d.id, coalesce(d.scope_path[1], d.project_id) as "scopeId"`);
  for (const { id, scopeId } of gone) {
    record({ entity: "document", id, op: "delete", row: null, scopeId, workspaceId });
  }
}

/** To where it stood; when that is gone, to the end of its project's or the workspace's own list. */
export async function restoreFromTrash(ctx: MutationContext, { id }: { id: string }) {
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, record) => {
    const document = await lockDocument(tx, userId, id, "editor", { deleted: true });
    affected = await takeFromTrash(tx, record, { userId, document });
    return readDocument(tx, id);
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

/** For who holds the tree. Returns whom to ring after the commit. */
export async function takeFromTrash(tx: Tx, recordIn: RecordChange, { userId, document }: Held) {
  const { id, workspaceId, deletedAt } = document;
  if (!deletedAt) return [];
  let affected: string[] = [];
  const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
  const back = await bringBack(tx, id, deletedAt);
  if (await isParentGone(tx, document.parentId)) {
    affected = await aroundRights(tx, record, id, () => settleAtRoot(tx, userId, document));
  } else {
    await loadPlace(tx, userId, document);
  }
  for (const [id, row] of await readDocuments(tx, back)) {
    const scopeId = row.areaId ?? row.projectId;
    record({ entity: "document", id, op: "insert", row, scopeId });
  }
  return affected;
}

async function bringBack(tx: Tx, id: string, deletedAt: Date) {
  const rows = await tx.execute<{ id: string }>(sql`${withBelow(id)}
    update ${documents} d set deleted_at = null, deleted_by = null, version = d.version + 1
    from below where below.id = d.id and d.deleted_at = ${deletedAt.toISOString()}::timestamptz
    returning d.id`);
  return rows.map((row) => row.id);
}

async function isParentGone(tx: Tx, parentId: string | null) {
  if (!parentId) return false;
  const [parent] = await tx
    .select({ deletedAt: documents.deletedAt })
    .from(documents)
    .where(eq(documents.id, parentId));
  return parent?.deletedAt !== null;
}

type Loaded = Awaited<ReturnType<typeof lockDocument>>;

/** What was private through a folder that is gone stays with those who could see it. */
async function settleAtRoot(tx: Tx, userId: string, document: Loaded) {
  const { id, workspaceId, projectId, scopePath } = document;
  const place = await loadPlace(tx, userId, { workspaceId, projectId });
  const isSheltered = scopePath.some((scope) => scope !== id);
  if (isSheltered) await ownAccessOf(tx, id);
  const visibility = isSheltered ? ("private" as const) : document.visibility;
  const rank = await lastRank(tx, place);
  await tx.update(documents).set({ parentId: null, rank, visibility }).where(eq(documents.id, id));
  // Whoever may see it hears of it as something new.
  await resettle(tx, () => {}, document, {
    projectId,
    scopePath: scopePath.length > 0 ? [id] : [],
  });
}

const ownAccessOf = (tx: Tx, id: string) =>
  tx.execute(sql`insert into ${documentMembers} (document_id, user_id, role)
    select ${documents.id}, ${members.userId}, ${documentRole}
    from ${documents}
    ${joinRoles(sql`${members.role} <> 'owner'`)}
    where ${documents.id} = ${id} and ${documentRole} is not null
    on conflict do nothing`);

/** For ever, with all that is below it: for who owns all of that. */
export async function purgeDocument(ctx: MutationContext, { id }: { id: string }) {
  return write(ctx, null, async (tx, record) => {
    const userId = ctx.actor.user.id;
    const document = await lockDocument(tx, userId, id, "owner", { deleted: true });
    if (!document.deletedAt) throw roleTooLow("owner");
    const roles = await tx.execute<{ role: Role | null }>(sql`${withBelow(id)}
      select distinct ${documentRole} as role from ${documents}
      join below on below.id = ${documents.id}
      ${joinRoles(sql`${members.userId} = ${userId}`)}`);
    if (!roles.every(({ role }) => role && mayAs(role, "owner"))) throw roleTooLow("owner");
    await tx.delete(documents).where(eq(documents.id, id));
    const { workspaceId, title: name } = document;
    await recordAudit(tx, ctx, {
      ...{ action: "document.purged", workspaceId, subject: { id, name } },
    });
    const scopeId = scopeOf(document);
    record({ entity: "document", id, op: "delete", row: null, scopeId, workspaceId });
    return { id };
  });
}

export const purgeOldDocuments = (db: Db) =>
  db.delete(documents).where(lt(documents.deletedAt, KEPT));

const parent = alias(documents, "parent");

type Page = { userId: string; workspaceId: string; limit: number };

/** What this person may bring back, each with how much comes back with it; the newest first. */
export async function listTrash(q: Queryable, { userId, workspaceId, limit }: Page) {
  const on = documentAccess(userId);
  const rows = await q
    .select({
      ...documentColumns,
      deletedAt: documents.deletedAt,
      deletedBy: documents.deletedBy,
      role: documentRole,
      below: sql<number>`(with recursive below(id) as (
        select ${documents}.id union all
        select child.id from documents child join below on child.parent_id = below.id
        where child.deleted_at = ${documents}.deleted_at
      ) select count(*)::int - 1 from below)`.as("below"),
    })
    .from(documents)
    .innerJoin(members, on.member)
    .leftJoin(projects, on.project)
    .leftJoin(projectMembers, on.projectMember)
    .leftJoin(parent, eq(parent.id, documents.parentId))
    .where(
      and(
        eq(documents.workspaceId, workspaceId),
        isNotNull(documents.deletedAt),
        or(
          sql`${documents.parentId} is null`,
          sql`${parent.deletedAt} is distinct from ${documents.deletedAt}`,
        ),
        sql`${documentRole} in ('editor', 'owner')`,
      ),
    )
    .orderBy(desc(documents.deletedAt), desc(documents.id))
    .limit(limit);
  return rows.map((row) => ({
    ...row,
    deletedAt: invariant(row.deletedAt, "asked for above"),
    role: invariant(row.role, "asked for above"),
  }));
}
