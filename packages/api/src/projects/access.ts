import { schema, type Tx } from "@guildhall/db";
import { and, eq, sql } from "drizzle-orm";
import { personName } from "../audit/person-name.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { loadProject, type Role, whoCanView } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { loadMember } from "../core/visibility/people-seen.ts";
import { write } from "../core/write.ts";
import type { AccessRow } from "./queries.ts";

const { projectMembers } = schema;

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
  return changeProjectMember(ctx, projectId, async (tx, record, project) => {
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
      .values(input)
      .onConflictDoUpdate({
        target: [projectMembers.projectId, projectMembers.userId],
        set: { role },
      })
      .returning({ isNew: sql<boolean>`xmax = 0` });
    const row = { projectId, userId, role };
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
  return changeProjectMember(ctx, projectId, async (tx, record, project) => {
    const gone = await tx
      .delete(projectMembers)
      .where(and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, userId)))
      .returning();
    if (gone.length === 0) throw notFound("member");
    await recordAudit(tx, ctx, {
      ...{ action: "project.memberRemoved", workspaceId: project.workspaceId, subject: project },
      before: { person: await personName(tx, userId), role: gone[0]?.role },
    });
    record({ entity: "projectMember", id: userId, op: "delete", row: null, scopeId: projectId });
    return { projectId, userId };
  });
}

type Loaded = Awaited<ReturnType<typeof loadProject>>;

async function ownRoleIn(tx: Tx, projectId: string, userId: string): Promise<Role | null> {
  const [row] = await tx
    .select({ role: projectMembers.role })
    .from(projectMembers)
    .where(and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, userId)));
  return row?.role ?? null;
}

/** All of it in the transaction: who gave up their own right still gets the answer of a retry. */
async function changeProjectMember<T>(
  ctx: MutationContext,
  projectId: string,
  change: (tx: Tx, record: RecordChange, project: Loaded) => Promise<T>,
) {
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const project = await loadProject(tx, ctx.actor.user.id, projectId, "owner");
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
