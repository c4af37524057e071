import { schema, type Tx } from "@guildhall/db";
import { and, count, eq, inArray, isNull, not, or, type SQL } from "drizzle-orm";
import { personName } from "../audit/person-name.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { loadWorkspace, rolesInProjects, type WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { invariant, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { write } from "../core/write.ts";
import { tellAccess } from "../projects/access.ts";
import { unassignEverywhere } from "../tasks/unassign.ts";
import { makerMayStill } from "./invitation-rights.ts";
import { notifyInvited, recordInvitation, told } from "./invitations.ts";
import { readMember } from "./queries.ts";

const { invitations, members, users, workspaces, projects, projectMembers } = schema;
const { documents, documentMembers } = schema;

type Membership = { workspaceId: string; userId: string; role: WorkspaceRole };

/** Puts a person into the workspace; adding a member again changes nothing. */
export async function putMember(tx: Tx, record: RecordChange, member: Membership) {
  const { workspaceId, userId } = member;
  const added = await tx.insert(members).values(member).onConflictDoNothing().returning();
  const row = await readMember(tx, workspaceId, userId);
  if (added.length > 0) record({ workspaceId, entity: "member", id: userId, op: "insert", row });
  return row;
}

/**
 * Holds the member first and the workspace only for an owner, as two owners must not step down at
 * the same time. Whoever gives a task to this member also holds them before the workspace's feed:
 * in one order nobody waits for each other.
 */
async function keepAnOwner(tx: Tx, workspaceId: string, userId: string) {
  if ((await roleOf(tx, { workspaceId, userId })) !== "owner") return;
  await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for("no key update");
  const [owners] = await tx
    .select({ n: count() })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.role, "owner")));
  if (owners?.n === 1) {
    throw refused(
      "last_owner",
      "Nothing was changed: a workspace needs an owner. Make someone else an owner first.",
    );
  }
}

/** Held until the transaction ends; null for who is no member. */
export async function roleOf(tx: Tx, { workspaceId, userId }: Omit<Membership, "role">) {
  const [member] = await tx
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
    .for("update");
  return member?.role ?? null;
}

/** With what it means for each project that they see, or no longer do. */
export async function changeRole(
  tx: Tx,
  record: RecordChange,
  { workspaceId, userId, role }: Membership,
) {
  const before = await rolesInProjects(tx, workspaceId, userId);
  const changed = await tx
    .update(members)
    .set({ role })
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
    .returning();
  if (changed.length === 0) throw notFound("member");
  const row = await readMember(tx, workspaceId, userId);
  record({ entity: "member", id: userId, op: "update", row });
  const after = await rolesInProjects(tx, workspaceId, userId);
  for (const projectId of new Set([...before.keys(), ...after.keys()])) {
    const now = after.get(projectId) ?? null;
    if (now === (before.get(projectId) ?? null)) continue;
    tellAccess(record, { projectId, userId, role: now });
  }
  return row;
}

/** Of a member; never so that nobody owns the workspace. `ended`: for `notifyInvited`, after the commit. */
export async function setRole(tx: Tx, record: RecordChange, membership: Membership) {
  const { workspaceId, userId, role } = membership;
  if (role !== "owner") await keepAnOwner(tx, workspaceId, userId);
  const row = await changeRole(tx, record, membership);
  const ended = await endInvitations(tx, record, {
    workspaceId,
    which: and(eq(invitations.invitedBy, userId), not(makerMayStill)),
  });
  return { row, ended };
}

export async function setMemberRole(ctx: MutationContext, input: Membership) {
  const { workspaceId, userId } = input;
  let ended: Ended = [];
  const row = await write(ctx, workspaceId, async (tx, record) => {
    await loadWorkspace(tx, ctx.actor.user.id, workspaceId, "owner");
    const was = await roleOf(tx, input);
    const set = await setRole(tx, record, input);
    await recordAudit(tx, ctx, {
      ...{ action: "member.roleChanged", workspaceId, subject: { id: userId, name: set.row.name } },
      ...{ before: { role: was }, after: { role: input.role } },
    });
    ended = set.ended;
    return set.row;
  });
  ctx.services.signals.notifyUser(userId);
  notifyInvited(ctx.services, ended);
  return row;
}

/** With all that they were given there; what it ended is for `notifyInvited`, after the commit. */
export async function dropMember(
  tx: Tx,
  record: RecordChange,
  { workspaceId, userId }: Omit<Membership, "role">,
): Promise<Ended> {
  await keepAnOwner(tx, workspaceId, userId);
  const gone = await tx
    .delete(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
    .returning();
  if (gone.length === 0) throw notFound("member");
  const ended = await forget(tx, record, workspaceId, userId);
  record({ entity: "member", id: userId, op: "delete", row: null });
  return ended;
}

/** A member leaves, or an owner removes one; their tasks stay, without them as assignee. */
export async function removeMember(
  ctx: MutationContext,
  input: { workspaceId: string; userId: string },
) {
  const { workspaceId, userId } = input;
  let ended: Ended = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const leaving = userId === ctx.actor.user.id;
    await loadWorkspace(tx, ctx.actor.user.id, workspaceId, leaving ? "guest" : "owner");
    const role = await roleOf(tx, input);
    ended = await dropMember(tx, record, input);
    await recordAudit(tx, ctx, {
      ...{ action: leaving ? "member.left" : "member.removed", workspaceId },
      ...{ subject: { id: userId, name: await personName(tx, userId) }, before: { role } },
    });
    return { workspaceId, userId };
  });
  ctx.services.signals.notifyUser(userId);
  notifyInvited(ctx.services, ended);
  return answer;
}

async function forget(tx: Tx, record: RecordChange, workspaceId: string, userId: string) {
  const ownProjects = tx
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.workspaceId, workspaceId));
  await tx
    .delete(projectMembers)
    .where(and(eq(projectMembers.userId, userId), inArray(projectMembers.projectId, ownProjects)));
  // A document whose last own right this was stays an area: then that of what is above it holds.
  const ownDocuments = tx
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.workspaceId, workspaceId));
  await tx
    .delete(documentMembers)
    .where(
      and(eq(documentMembers.userId, userId), inArray(documentMembers.documentId, ownDocuments)),
    );
  await unassignEverywhere(tx, record, { workspaceId, userId });
  // Neither those they made nor those made for them let anybody in after this.
  const [user] = await tx
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(eq(users.id, userId));
  const { email } = invariant(user, "who was a member has an account");
  const which = or(
    ...[eq(invitations.invitedBy, userId), eq(invitations.userId, userId)],
    and(isNull(invitations.userId), eq(invitations.email, email)),
  );
  return endInvitations(tx, record, { workspaceId, which });
}

export type Ended = Parameters<typeof notifyInvited>[1];

/** For good: whoever made them may become an owner again, and the links stay ended. */
async function endInvitations(
  tx: Tx,
  record: RecordChange,
  { workspaceId, which }: { workspaceId: string; which: SQL | undefined },
): Promise<Ended> {
  const ended = await tx
    .update(invitations)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        which,
      ),
    )
    .returning(told);
  for (const each of ended) recordInvitation(record, each, "delete");
  return ended;
}
