import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, count, eq, inArray, isNull, ne, or } from "drizzle-orm";
import { personName } from "../audit/person-name.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { invariant, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { lockTree, lockWorkspace } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { unassignEverywhere } from "../tasks/unassign.ts";
import { leaveGroups, recordGroup } from "./groups/queries.ts";
import { notifyInvited } from "./invitations.ts";
import { handBelongings } from "./leaving/belongings.ts";
import { readMember } from "./queries.ts";
import { type Ended, endInvitations, settleRoles } from "./settle-roles.ts";

const { invitations, members, users, workspaces, projects, projectMembers } = schema;
const { documents, documentMembers } = schema;

type Membership = { workspaceId: string; userId: string; role: WorkspaceRole };

/** Puts a person into the workspace; adding a member again changes nothing. */
export async function putMember(tx: Tx, record: RecordChange, member: Membership) {
  const { workspaceId, userId } = member;
  const added = await tx
    .insert(members)
    .values({ ...member, personalRole: member.role })
    .onConflictDoNothing()
    .returning();
  const row = await readMember(tx, workspaceId, userId);
  if (added.length > 0) record({ workspaceId, entity: "member", id: userId, op: "insert", row });
  return row;
}

/** Whose account is open: nobody else can look after a workspace. */
export const isActive = and(isNull(users.deactivatedAt), isNull(users.closedAt));

/** Of those who are that by name and whose account is open; `without` whom is asked. */
export async function countOwners(
  q: Queryable,
  workspaceId: string,
  without?: string,
): Promise<number> {
  const [owners] = await q
    .select({ n: count() })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), isActive))
    .where(
      and(
        eq(members.workspaceId, workspaceId),
        eq(members.personalRole, "owner"),
        without === undefined ? undefined : ne(members.userId, without),
      ),
    );
  return owners?.n ?? 0;
}

/**
 * One who is that by name: what groups give may go with a group, or with a sign-in.
 *
 * Holds the member first and the workspace only for an owner, as two owners must not step down at
 * the same time. Whoever gives a task to this member also holds them before the workspace's feed:
 * in one order nobody waits for each other.
 */
async function keepAnOwner(tx: Tx, workspaceId: string, userId: string) {
  if ((await roleOf(tx, { workspaceId, userId })) !== "owner") return;
  await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for("no key update");
  if ((await countOwners(tx, workspaceId, userId)) === 0) throw lastOwner();
}

export const lastOwner = () =>
  refused(
    "last_owner",
    "Nothing was changed: a workspace needs an owner. Make someone else an owner first.",
  );

/** As somebody gave it to them by name. Held until the transaction ends; null for who is no member. */
export async function roleOf(tx: Tx, { workspaceId, userId }: Omit<Membership, "role">) {
  const [member] = await tx
    .select({ role: members.personalRole })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
    .for("update");
  return member?.role ?? null;
}

/** With what it means for each project and document that they see, or no longer do. */
export async function changeRole(
  tx: Tx,
  record: RecordChange,
  { workspaceId, userId, role }: Membership,
) {
  const settled = await settleRoles(tx, record, { workspaceId, userIds: [userId] }, async () => {
    const changed = await tx
      .update(members)
      .set({ personalRole: role })
      .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
      .returning();
    if (changed.length === 0) throw notFound("member");
    return [userId];
  });
  return { ...settled, row: await readMember(tx, workspaceId, userId) };
}

/** Of a member; never so that nobody owns the workspace. `ended`: for `notifyInvited`, after the commit. */
export async function setRole(tx: Tx, record: RecordChange, membership: Membership) {
  const { workspaceId, userId, role } = membership;
  await lockTree(tx, workspaceId);
  if (role !== "owner") await keepAnOwner(tx, workspaceId, userId);
  return changeRole(tx, record, membership);
}

export async function setMemberRole(ctx: MutationContext, input: Membership) {
  const { workspaceId, userId } = input;
  let ended: Ended = [];
  const row = await write(ctx, workspaceId, async (tx, record) => {
    await lockWorkspace(tx, ctx.actor.user.id, workspaceId, "owner");
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
  await lockTree(tx, workspaceId);
  await keepAnOwner(tx, workspaceId, userId);
  const left = await leaveGroups(tx, { workspaceId, userId });
  const gone = await tx
    .delete(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
    .returning();
  if (gone.length === 0) throw notFound("member");
  const ended = await forget(tx, record, workspaceId, userId);
  record({ entity: "member", id: userId, op: "delete", row: null });
  for (const id of left) await recordGroup(tx, record, id);
  return ended;
}

/**
 * A member leaves, or an owner removes one; their tasks stay, without them as assignee. What only they and the
 * owners could see is `handTo`'s from then on, or the owners' alone.
 */
export async function removeMember(
  ctx: MutationContext,
  input: { workspaceId: string; userId: string; handTo?: string | undefined },
) {
  const { workspaceId, userId, handTo } = input;
  let ended: Ended = [];
  let given: string[] = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const leaving = userId === ctx.actor.user.id;
    await lockWorkspace(tx, ctx.actor.user.id, workspaceId, leaving ? "guest" : "owner");
    const role = await roleOf(tx, input);
    if (handTo) {
      given = await handBelongings(tx, record, ctx, { workspaceId, userId, toId: handTo });
    }
    ended = await dropMember(tx, record, input);
    await recordAudit(tx, ctx, {
      ...{ action: leaving ? "member.left" : "member.removed", workspaceId },
      ...{ subject: { id: userId, name: await personName(tx, userId) }, before: { role } },
    });
    return { workspaceId, userId };
  });
  for (const id of [userId, ...given]) ctx.services.signals.notifyUser(id);
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
