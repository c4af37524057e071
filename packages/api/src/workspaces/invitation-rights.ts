/**
 * What an invitation may give: never more than its maker may give now. Asked when it is made, shown and
 * accepted, in SQL, in the query that finds it.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, gt, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { loadWorkspace, mayAs, type WorkspaceRole } from "../core/access.ts";
import { refused, roleTooLow } from "../core/errors.ts";

const { invitations, members, users, workspaces } = schema;
export const INVITATION_DAYS = 14;

/** The workspace, if this person may invite people to it, and as that. */
export async function loadInviter(
  q: Queryable,
  userId: string,
  workspaceId: string,
  role?: WorkspaceRole,
) {
  const workspace = await loadWorkspace(q, userId, workspaceId, "viewer");
  const { inviterRole } = workspace;
  if (!mayAs(workspace.role, inviterRole)) throw roleTooLow(inviterRole);
  if (role && !mayAs(workspace.role, role)) throw roleTooLow(role);
  return workspace;
}

/** From the least to the most; a role that is none of these is below them. */
const strength = (role: SQL) => sql`array_position(array['viewer', 'editor', 'owner'], ${role})`;
const strengthOf = (role: SQL) => sql`coalesce(${strength(role)}, 0)`;

/** The tables are spelt out: drizzle leaves them off where a statement is about one table only. */
export const makerMayStill: SQL = sql`exists (
  select from ${members} maker join ${workspaces} place on place.id = maker.workspace_id
    join ${users} account on account.id = maker.user_id
      and account.deactivated_at is null and account.closed_at is null
  where maker.workspace_id = "invitations"."workspace_id"
    and maker.user_id = "invitations"."invited_by"
    and ${strengthOf(sql`maker.role`)} >= ${strengthOf(sql`place.inviter_role`)}
    and ${strengthOf(sql`maker.role`)} >= ${strengthOf(sql`"invitations"."role"`)})`;

const isUnexpired = or(isNull(invitations.expiresAt), gt(invitations.expiresAt, sql`now()`));
const hasUses = or(isNull(invitations.maxUses), lt(invitations.uses, invitations.maxUses));

/** Neither used, declined nor revoked, and its maker may still let people in as that. */
export const isOpen = (): SQL | undefined =>
  and(
    isNull(invitations.acceptedAt),
    isNull(invitations.declinedAt),
    isNull(invitations.revokedAt),
    isUnexpired,
    hasUses,
    makerMayStill,
  );

export type InvitationState = "open" | "used" | "ended" | "expired" | "stopped";

/** Why one is not open; `stopped`: its maker may not let people in as that any more. */
export const invitationState: SQL<InvitationState> = sql<InvitationState>`case
  when ${invitations.declinedAt} is not null or ${invitations.revokedAt} is not null then 'ended'
  when ${invitations.acceptedAt} is not null or not ${hasUses} then 'used'
  when not (${isUnexpired}) then 'expired'
  when not ${makerMayStill} then 'stopped'
  else 'open' end`;

/** Of an address only if it is verified to be this person's. */
export const isFor = (user: { id: string; email: string }): SQL | undefined =>
  or(
    eq(invitations.userId, user.id),
    and(
      isNull(invitations.userId),
      eq(invitations.email, user.email),
      sql`exists (select from ${users} own where own.id = ${user.id}
        and own.email = ${user.email} and own.email_verified_at is not null)`,
    ),
  );

const why: Record<InvitationState, string> = {
  open: "This invitation changed a moment ago. Open its link again.",
  used: "This invitation was used already. Ask for a new one.",
  ended: "This invitation was revoked or declined. Ask for a new one.",
  expired: "This invitation has expired. Ask for a new one.",
  stopped:
    "This invitation no longer works: whoever made it can no longer invite people to this. Ask a workspace owner for a new one.",
};

/** Without a state it is not known here: whoever guesses learns nothing from the sentence. */
export const invitationGone = (state?: InvitationState) =>
  refused(
    "invitation_expired",
    state
      ? why[state]
      : `This invitation was used or revoked, is older than ${INVITATION_DAYS} days, or whoever sent it can no longer invite people. Ask for a new one.`,
  );
