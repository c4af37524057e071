/**
 * A deleted workspace: for some days it can be brought back, and nobody is in it; then it is erased.
 *
 * Naive answer: a mark that every query asks for. One that forgets it leaks. Choice: its members leave
 * `members`, by which every question for a right begins, and wait in `deleted_members`; whoever comes to be
 * a member meanwhile, as by a group, is put there too (a trigger). So subscriptions, streams, files, jobs
 * and mails end by the same way as for somebody who was removed.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, gt, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import { loadWorkspace } from "../../core/access.ts";
import type { ActorContext, MutationContext } from "../../core/context.ts";
import { notFound, refused } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { deriveRoles } from "../../core/rights/derive-roles.ts";
import { lockTree } from "../../core/rights/lock-tree.ts";
import { write } from "../../core/write.ts";
import { eraseAt, keptSince, refuseGone, refuseOtherName } from "../../erasure/deletion-days.ts";
import { readWorkspaceRow } from "../queries.ts";
import { moveMembers } from "./deleted-members.ts";

const { deletedMembers, imports, users, workspaces } = schema;

export async function deleteWorkspace(
  ctx: MutationContext,
  { workspaceId, name }: { workspaceId: string; name: string },
) {
  const { user } = ctx.actor;
  let left: string[] = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const workspace = await loadWorkspace(tx, user.id, workspaceId, "owner");
    refuseOtherName(name, workspace.name);
    const deleted = await putAway(tx, record, ctx, workspace);
    left = deleted.left;
    return deleted.answer;
  });
  for (const userId of left) ctx.services.signals.notifyUser(userId);
  return answer;
}

/** Of a workspace that whoever asks may delete; those who are `left` are to be notified after the commit. */
export async function putAway(
  tx: Tx,
  record: RecordChange,
  ctx: MutationContext,
  workspace: { id: string; name: string },
) {
  const { id, name } = workspace;
  const deletedAt = new Date();
  const left = await sendOut(tx, record, { id, deletedAt, deletedBy: ctx.actor.user.id });
  await recordAudit(tx, ctx, { action: "workspace.deleted", workspaceId: id, subject: workspace });
  return { left, answer: { id, name, eraseAt: eraseAt(deletedAt) } };
}

type Deletion = { id: string; deletedAt: Date; deletedBy: string };

/** Nobody is in it from here on; its days begin with `deletedAt`. Returns who was in it. */
export async function sendOut(tx: Tx, record: RecordChange, { id, ...deletion }: Deletion) {
  await tx.update(workspaces).set(deletion).where(eq(workspaces.id, id));
  const left = await moveMembers(tx, id, "out");
  await callOffImports(tx, id);
  record({ entity: "workspace", id, op: "delete", row: null });
  return left;
}

const callOffImports = (tx: Tx, workspaceId: string) =>
  tx
    .update(imports)
    .set({ state: "cancelled", finishedAt: new Date() })
    .where(
      and(
        eq(imports.workspaceId, workspaceId),
        inArray(imports.state, ["waiting", "reading", "writing"]),
      ),
    );

/** By whoever was an owner of it, as long as nothing of it was erased. */
export async function restoreWorkspace(
  ctx: MutationContext,
  { workspaceId }: { workspaceId: string },
) {
  const { user } = ctx.actor;
  let back: string[] = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const [mine] = await tx
      .select({ role: deletedMembers.role })
      .from(deletedMembers)
      .where(and(eq(deletedMembers.workspaceId, workspaceId), eq(deletedMembers.userId, user.id)));
    // A stranger's call holds nothing.
    if (!mine) throw notFound("workspace");
    const held = await holdDeleted(tx, workspaceId);
    if (!held) throw notFound("workspace");
    if (mine.role !== "owner") {
      throw refused("role_too_low", "Nothing was changed: only its owners can restore it.");
    }
    const restored = await bringBack(tx, record, ctx, held);
    back = restored.back;
    return restored.row;
  });
  for (const userId of back) ctx.services.signals.notifyUser(userId);
  return answer;
}

export async function holdDeleted(tx: Tx, workspaceId: string) {
  await lockTree(tx, workspaceId);
  const [held] = await tx
    .select()
    .from(workspaces)
    .where(and(eq(workspaces.id, workspaceId), isNotNull(workspaces.deletedAt)))
    .for("no key update");
  return held;
}

/** Of one that whoever asks may restore and holds; those who are `back` are to be notified after the commit. */
export async function bringBack(
  tx: Tx,
  record: RecordChange,
  ctx: MutationContext,
  held: typeof workspaces.$inferSelect,
) {
  const { id } = held;
  refuseGone(held);
  await tx
    .update(workspaces)
    .set({ deletedAt: null, deletedBy: null })
    .where(eq(workspaces.id, id));
  const back = await moveMembers(tx, id, "back");
  // What their groups give them may be less by now.
  await deriveRoles(tx, { workspaceId: id, userIds: back });
  const row = await readWorkspaceRow(tx, id);
  record({ entity: "workspace", id, op: "insert", row });
  await recordAudit(tx, ctx, { action: "workspace.restored", workspaceId: id, subject: row });
  return { back, row };
}

/** Those that I was in: what happened to each, and until when an owner can bring it back. */
export async function listDeletedWorkspaces({ services, actor }: ActorContext) {
  const rows = await services.db
    .select({
      id: workspaces.id,
      name: workspaces.name,
      role: deletedMembers.role,
      deletedAt: sql<Date>`${workspaces.deletedAt}`.mapWith(workspaces.deletedAt),
      deletedBy: users.name,
    })
    .from(deletedMembers)
    .innerJoin(workspaces, eq(workspaces.id, deletedMembers.workspaceId))
    .leftJoin(users, eq(users.id, workspaces.deletedBy))
    .where(
      and(
        eq(deletedMembers.userId, actor.user.id),
        isNull(workspaces.erasingAt),
        gt(workspaces.deletedAt, keptSince),
      ),
    )
    .orderBy(workspaces.deletedAt);
  return rows.map((row) => ({ ...row, eraseAt: eraseAt(row.deletedAt) }));
}
