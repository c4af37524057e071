/**
 * A deleted project: nobody sees it, its owners neither, until one of them restores it within some days; then it
 * is erased.
 *
 * Problem: many queries lead to what stands in a project, and none may forget to ask. Naive answer: to ask in each.
 * Choice: a deleted project gives nobody a role (`projectGrant`, `documentGrant` in access.ts), and by a role every
 * query begins. So it ends for everybody as if it had been closed to them: each is told in the feed what to forget.
 * Its key stays taken: a restored project has the numbers that people have written into mails and commits.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import { deletedProjectGrant, loadWorkspace, projectAccess } from "../../core/access.ts";
import type { ActorContext, MutationContext } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { lockProject, lockTree } from "../../core/rights/lock-tree.ts";
import { write } from "../../core/write.ts";
import { eraseAt, keptSince, refuseGone, refuseOtherName } from "../../erasure/deletion-days.ts";
import { readProjectRow } from "../queries.ts";
import { readRights, tellRights } from "./tell-rights.ts";

const { imports, members, projectMembers, projects, users } = schema;

export async function deleteProject(
  ctx: MutationContext,
  { id, name }: { id: string; name: string },
) {
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const project = await lockProject(tx, userId, id, "owner");
    const { workspaceId } = project;
    refuseOtherName(name, project.name);
    const before = await readRights(tx, id);
    const deletedAt = new Date();
    await tx.update(projects).set({ deletedAt, deletedBy: userId }).where(eq(projects.id, id));
    await callOffImports(tx, id);
    await recordAudit(tx, ctx, { action: "project.deleted", workspaceId, subject: project });
    affected = tellRights(inWorkspace(recordIn, workspaceId), before, null);
    return { id, workspaceId, name: project.name, eraseAt: eraseAt(deletedAt) };
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

const inWorkspace =
  (record: RecordChange, workspaceId: string): RecordChange =>
  (change) =>
    record({ workspaceId, ...change });

const callOffImports = (tx: Tx, projectId: string) =>
  tx
    .update(imports)
    .set({ state: "cancelled", finishedAt: new Date() })
    .where(
      and(
        eq(imports.projectId, projectId),
        inArray(imports.state, ["waiting", "reading", "writing"]),
      ),
    );

/** By who owns it, with all that was in it; to everybody else it does not exist. */
export async function restoreDeletedProject(ctx: MutationContext, { id }: { id: string }) {
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const { workspaceId } = await loadDeleted(tx, userId, id);
    await lockTree(tx, workspaceId);
    const held = await loadDeleted(tx, userId, id, { lock: true });
    refuseGone(held);
    await tx.update(projects).set({ deletedAt: null, deletedBy: null }).where(eq(projects.id, id));
    const row = await readProjectRow(tx, id);
    await recordAudit(tx, ctx, { action: "project.restored", workspaceId, subject: row });
    const record = inWorkspace(recordIn, workspaceId);
    affected = tellRights(record, await readRights(tx, id), "restored");
    record({ entity: "project", id, op: "update", row, scopeId: id });
    return { ...row, role: "owner" as const };
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

async function loadDeleted(tx: Tx, userId: string, id: string, { lock = false } = {}) {
  const on = projectAccess(userId);
  const found = tx
    .select({ project: projects })
    .from(projects)
    .innerJoin(members, and(on.member, eq(members.awaitsFactor, false)))
    .leftJoin(projectMembers, on.projectMember)
    .where(and(eq(projects.id, id), isNotNull(projects.deletedAt), isOwners));
  const [row] = await (lock ? found.for("no key update", { of: projects }) : found);
  if (!row) throw notFound("project");
  return row.project;
}

const isOwners = sql`${deletedProjectGrant} = 'owner'`;

/** Those that I own and can restore. */
export async function listDeletedProjects({ services, actor }: ActorContext, workspaceId: string) {
  const { db } = services;
  await loadWorkspace(db, actor.user.id, workspaceId, "guest");
  const on = projectAccess(actor.user.id);
  const rows = await db
    .select({
      id: projects.id,
      name: projects.name,
      key: projects.key,
      deletedAt: sql<Date>`${projects.deletedAt}`.mapWith(projects.deletedAt),
      deletedBy: users.name,
    })
    .from(projects)
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .leftJoin(users, eq(users.id, projects.deletedBy))
    .where(
      and(
        ...[eq(projects.workspaceId, workspaceId), isOwners, isNull(projects.erasingAt)],
        gt(projects.deletedAt, keptSince),
      ),
    )
    .orderBy(projects.deletedAt);
  return rows.map((row) => ({ ...row, eraseAt: eraseAt(row.deletedAt) }));
}
