import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { personName } from "../audit/person-name.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type loadProject, mayAs, type Role, whoCanView } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { recordProjectMember } from "../core/rights/around-roles.ts";
import { deriveRoles, type WhoseRoles } from "../core/rights/derive-roles.ts";
import { lockProject } from "../core/rights/lock-tree.ts";
import { peopleOfGroup } from "../core/rights/people-of-group.ts";
import { loadMember } from "../core/visibility/people-seen.ts";
import { write } from "../core/write.ts";
import type { AccessRow } from "./queries.ts";

const { projectGroups, projectMembers } = schema;

/**
 * Tells each person whose right changed, in the feed, so that a client which was away learns on its
 * return that it must forget the project, or may read it.
 */
export async function recordAccess(
  tx: Tx,
  record: RecordChange,
  projectId: string,
  before: Map<string, Role>,
): Promise<string[]> {
  const after = await whoCanView(tx, projectId);
  const affected = [...new Set([...before.keys(), ...after.keys()])].filter(
    (userId) => before.get(userId) !== after.get(userId),
  );
  for (const userId of affected) {
    tellAccess(record, { projectId, userId, role: after.get(userId) ?? null });
  }
  return affected;
}

export const tellAccess = (record: RecordChange, row: AccessRow) =>
  record({
    entity: "access",
    id: row.projectId,
    op: row.role ? "update" : "delete",
    row,
    audienceUserId: row.userId,
  });

/** Lets a member of the workspace into the project, or raises or lowers their role in it. */
export async function setProjectMember(
  ctx: MutationContext,
  input: { projectId: string; userId: string; role: Role },
) {
  const { projectId, userId, role } = input;
  return changeProjectRoles(ctx, projectId, async (tx, record, project) => {
    const { workspaceId } = project;
    await loadMember(tx, ctx.actor.user.id, { workspaceId, userId });
    const was = await ownRoleIn(tx, projectId, userId);
    await recordAudit(tx, ctx, {
      ...{ action: "project.memberSet", workspaceId, subject: project },
      before: { role: was },
      after: { person: await personName(tx, userId), role },
    });
    const [put] = await tx
      .insert(projectMembers)
      .values({ ...input, personalRole: role })
      .onConflictDoUpdate({
        target: [projectMembers.projectId, projectMembers.userId],
        set: { role, personalRole: role },
      })
      .returning({ isNew: sql<boolean>`xmax = 0` });
    const row = { projectId, userId, role, personalRole: role };
    const op = put?.isNew ? "insert" : "update";
    record({ entity: "projectMember", id: userId, op, row, scopeId: projectId });
    return row;
  });
}

export async function removeProjectMember(
  ctx: MutationContext,
  input: { projectId: string; userId: string },
) {
  const { projectId, userId } = input;
  return changeProjectRoles(ctx, projectId, async (tx, record, project) => {
    const { workspaceId } = project;
    const gone = await tx
      .update(projectMembers)
      .set({ personalRole: null })
      .where(
        and(
          eq(projectMembers.projectId, projectId),
          eq(projectMembers.userId, userId),
          isNotNull(projectMembers.personalRole),
        ),
      )
      .returning({ role: projectMembers.role });
    if (gone.length === 0) throw notFound("member");
    await recordAudit(tx, ctx, {
      ...{ action: "project.memberRemoved", workspaceId, subject: project },
      before: { person: await personName(tx, userId), role: gone[0]?.role },
    });
    const derived = await deriveRoles(tx, { workspaceId, userIds: [userId] });
    const row = derived.projectMembers.find((each) => each.projectId === projectId);
    const role = row?.role ?? gone[0]?.role ?? null;
    recordProjectMember(
      record,
      row ?? { projectId, userId, role, personalRole: null, isNew: false },
    );
    return { projectId, userId };
  });
}

/**
 * Somebody whom an owner of it has invited, while the tree is held: gives them the role, unless they have as much.
 * Returns whom to notify after the commit; null: nothing has changed.
 */
export async function letIntoProject(
  tx: Tx,
  record: RecordChange,
  { projectId, userId, role }: { projectId: string; userId: string; role: Role },
): Promise<string[] | null> {
  const before = await whoCanView(tx, projectId);
  const now = before.get(userId);
  if (now && mayAs(now, role)) return null;
  const row = { projectId, userId, role, personalRole: role };
  const [put] = await tx
    .insert(projectMembers)
    .values(row)
    .onConflictDoUpdate({
      target: [projectMembers.projectId, projectMembers.userId],
      set: { role, personalRole: role },
    })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  recordProjectMember(record, { ...row, isNew: put?.isNew ?? false });
  return recordAccess(tx, record, projectId, before);
}

type Loaded = Awaited<ReturnType<typeof loadProject>>;

async function ownRoleIn(tx: Tx, projectId: string, userId: string): Promise<Role | null> {
  const [row] = await tx
    .select({ role: projectMembers.personalRole })
    .from(projectMembers)
    .where(and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, userId)));
  return row?.role ?? null;
}

/** Lets a group of the workspace into the project: each of its people who has no role of their own there. */
export async function setProjectGroup(
  ctx: MutationContext,
  input: { projectId: string; groupId: string; role: Role },
) {
  const { projectId, groupId, role } = input;
  return changeProjectRoles(ctx, projectId, async (tx, record, project) => {
    const { workspaceId } = project;
    const group = await peopleOfGroup(tx, ctx.actor.user.id, { workspaceId, groupId });
    const { userIds } = group;
    await recordAudit(tx, ctx, {
      ...{ action: "project.groupSet", workspaceId, subject: project },
      after: { group: group.name, role },
    });
    const [put] = await tx
      .insert(projectGroups)
      .values(input)
      .onConflictDoUpdate({
        target: [projectGroups.projectId, projectGroups.groupId],
        set: { role },
      })
      .returning({ isNew: sql<boolean>`xmax = 0` });
    const op = put?.isNew ? "insert" : "update";
    record({ entity: "projectGroup", id: groupId, op, row: input, scopeId: projectId });
    await derive(tx, record, { workspaceId, userIds });
    return input;
  });
}

export async function removeProjectGroup(
  ctx: MutationContext,
  input: { projectId: string; groupId: string },
) {
  const { projectId, groupId } = input;
  return changeProjectRoles(ctx, projectId, async (tx, record, project) => {
    const { workspaceId } = project;
    const group = await peopleOfGroup(tx, ctx.actor.user.id, { workspaceId, groupId });
    const { userIds } = group;
    const gone = await tx
      .delete(projectGroups)
      .where(and(eq(projectGroups.projectId, projectId), eq(projectGroups.groupId, groupId)))
      .returning();
    if (gone.length === 0) throw notFound("group");
    await recordAudit(tx, ctx, {
      ...{ action: "project.groupRemoved", workspaceId, subject: project },
      before: { group: group.name, role: gone[0]?.role },
    });
    record({ entity: "projectGroup", id: groupId, op: "delete", row: null, scopeId: projectId });
    await derive(tx, record, { workspaceId, userIds });
    return input;
  });
}

async function derive(tx: Tx, record: RecordChange, whose: WhoseRoles) {
  const { projectMembers } = await deriveRoles(tx, whose);
  for (const each of projectMembers) recordProjectMember(record, each);
}

/** All of it in the transaction: who gave up their own right still gets the answer of a retry. */
async function changeProjectRoles<T>(
  ctx: MutationContext,
  projectId: string,
  change: (tx: Tx, record: RecordChange, project: Loaded) => Promise<T>,
) {
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const project = await lockProject(tx, ctx.actor.user.id, projectId, "owner");
    const { workspaceId } = project;
    const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
    const before = await whoCanView(tx, projectId);
    const result = await change(tx, record, project);
    affected = await recordAccess(tx, record, projectId, before);
    return result;
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}
