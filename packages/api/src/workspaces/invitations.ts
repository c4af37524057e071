/**
 * Invitations: who has one, and for how long it is good.
 *
 * An invitation is its maker's word, so it ends with their right to give it: when they are removed or
 * no longer an owner. It is for one address, or for one person known by name, whose address the
 * inviter need not be able to see. Whether an address has an account decides nothing here: making one
 * answers alike for all. Anybody can make an account with an address that is not theirs: what is for
 * an address is found among one's own only once that is verified, and until then needs its link.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { loadWorkspace, mayAs, type WorkspaceRole } from "../core/access.ts";
import type { ActorContext, MutationContext, Services } from "../core/context.ts";
import { asMissing, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";

const { invitations, members, users, workspaces } = schema;
export const INVITATION_DAYS = 14;

/** What is shown of one: the name of somebody known, and else the address. */
const shown = {
  id: invitations.id,
  workspaceId: invitations.workspaceId,
  email: sql<string | null>`case when ${invitations.userId} is null then ${invitations.email} end`,
  name: sql<string | null>`(
    select known.name from ${users} known where known.id = "invitations"."user_id")`,
  role: invitations.role,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
};

/** What the feed tells the owners: that there is one or none any more. Addresses are in no feed. */
export type InvitationRow = { id: string; workspaceId: string; role: WorkspaceRole };

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    invitation: InvitationRow;
  }
}

const { id, workspaceId, role, invitedBy, userId, email } = invitations;
/** Of those that are told of. */
export const told = { id, workspaceId, role, invitedBy, userId, email };
type Told = Pick<typeof invitations.$inferSelect, keyof typeof told>;

/** Its maker and the owners see it in the feed. */
export function recordInvitation(
  record: RecordChange,
  { id, workspaceId, role, invitedBy }: Told,
  op: "insert" | "delete",
) {
  const row = op === "insert" ? { id, workspaceId, role } : null;
  const audience = invitedBy ? { audienceUserId: invitedBy } : {};
  record({ entity: "invitation", id, op, row, workspaceId, ...audience });
}

/** Whom it is for hears of it at once, wherever they are; after the commit. */
export function notifyInvited({ signals }: Services, invited: readonly Told[]) {
  for (const { userId, email } of invited) {
    if (userId) signals.notifyUser(userId);
    else if (email) signals.notifyAddress(email);
  }
}

/** The tables are spelt out: drizzle leaves them off where a statement is about one table only. */
const makerMayStill = sql`exists (
  select from ${members} maker where maker.workspace_id = "invitations"."workspace_id"
    and maker.user_id = "invitations"."invited_by" and maker.role = 'owner')`;

/** Neither used, declined nor revoked, and its maker may still let people in as that. */
export const isOpen = (): SQL | undefined =>
  and(
    isNull(invitations.acceptedAt),
    isNull(invitations.declinedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, new Date()),
    makerMayStill,
  );

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

export const invitationGone = () =>
  refused(
    "invitation_expired",
    `This invitation was used or revoked, is older than ${INVITATION_DAYS} days, or whoever sent it can no longer invite people. Ask for a new one.`,
  );

export async function listInvitations(ctx: ActorContext, workspaceId: string) {
  const { db } = ctx.services;
  await loadWorkspace(db, ctx.actor.user.id, workspaceId, "owner");
  return db
    .select(shown)
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), isOpen()))
    .orderBy(desc(invitations.createdAt));
}

/** Those that would let this person in, or give them a higher role. */
export async function listMyInvitations({ services, actor }: ActorContext) {
  const rows = await services.db
    .select({
      id: invitations.id,
      workspaceId: invitations.workspaceId,
      workspaceName: workspaces.name,
      invitedBy: users.name,
      role: invitations.role,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      roleNow: members.role,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .leftJoin(
      members,
      and(eq(members.workspaceId, invitations.workspaceId), eq(members.userId, actor.user.id)),
    )
    .where(and(isFor(actor.user), isOpen()))
    .orderBy(desc(invitations.createdAt));
  return rows.flatMap(({ roleNow, ...row }) => (wouldRaise(roleNow, row.role) ? [row] : []));
}

export const wouldRaise = (now: WorkspaceRole | null | undefined, to: WorkspaceRole) =>
  !now || !mayAs(now, to);

export async function revokeInvitation(ctx: MutationContext, input: { id: string }) {
  let revoked: Told[] = [];
  const answer = await write(ctx, null, async (tx, record) => {
    const [row] = await tx.select(told).from(invitations).where(eq(invitations.id, input.id));
    if (!row) throw notFound("invitation");
    await loadWorkspace(tx, ctx.actor.user.id, row.workspaceId, "owner").catch(
      asMissing("invitation"),
    );
    await tx.update(invitations).set({ revokedAt: new Date() }).where(eq(invitations.id, input.id));
    recordInvitation(record, row, "delete");
    revoked = [row];
    return { id: input.id };
  });
  notifyInvited(ctx.services, revoked);
  return answer;
}

/** What the link's page shows before anyone signs in; the secret is the permission. */
export async function previewInvitation(q: Queryable, secret: string) {
  const [row] = await q
    .select({ ...shown, workspaceName: workspaces.name })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .where(and(eq(invitations.secretHash, hashSecret(secret)), isOpen()));
  if (!row) throw invitationGone();
  const { email, name, role, workspaceName, expiresAt } = row;
  return { email, name, role, workspaceName, expiresAt };
}
