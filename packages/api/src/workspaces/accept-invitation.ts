import { schema, type Tx } from "@guildhall/db";
import { and, eq, sql } from "drizzle-orm";
import { type AuditContext, recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { invariant, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { lockTree } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { invitationGone, invitationState, isFor } from "./invitation-rights.ts";
import { letInto, readScope, scopeIsOpen } from "./invitation-scope.ts";
import { recordInvitation, whichOf, wouldRaise } from "./invitations.ts";
import { changeRole, putMember } from "./members.ts";
import { workspaceColumns } from "./queries.ts";

const { invitations, invitationUses, members, users, workspaces } = schema;

type User = { id: string; email: string; name: string };
/** Out of a link, or out of the list of one's own. */
export type Which = { secret: string } | { id: string };
type Invitation = typeof invitations.$inferSelect;

const isWhich = (user: User, which: Which) =>
  "secret" in which ? whichOf(which.secret) : and(eq(invitations.id, which.id), isFor(user));

/**
 * Held, with its maker's right to have made it: neither changes before this is done. What it may give is
 * asked behind that, in a statement that sees what others did until then.
 */
async function lockInvitation(tx: Tx, user: User, which: Which) {
  const [found] = await tx
    .select({ workspaceId: invitations.workspaceId })
    .from(invitations)
    .where(isWhich(user, which));
  if (!found) throw invitationGone();
  // Ahead of any row, as whatever changes somebody's role does.
  await lockTree(tx, found.workspaceId);
  const [held] = await tx.select().from(invitations).where(isWhich(user, which)).for("update");
  if (!held) throw invitationGone();
  if (held.invitedBy) {
    const { workspaceId, invitedBy } = held;
    await tx
      .select({ role: members.role })
      .from(members)
      .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, invitedBy)))
      .for("share");
  }
  const [now] = await tx
    .select({ state: invitationState })
    .from(invitations)
    .where(eq(invitations.id, held.id));
  const asked = invariant(now, "it is held");
  const isStopped = asked.state === "open" && !(await scopeIsOpen(tx, held));
  const state = isStopped ? "stopped" : asked.state;
  // Of one that is not for them by its link, an id tells nothing.
  if (state !== "open") throw invitationGone("secret" in which ? state : undefined);
  await refuseOthers(tx, user, held);
  return held;
}

async function refuseOthers(tx: Tx, user: User, invitation: Invitation) {
  const { email, userId, domain } = invitation;
  if (domain) return refuseOutsideDomain(tx, user, domain);
  if (email === null || (userId === null ? email === user.email : userId === user.id)) return;
  throw refused(
    "invitation_for_other",
    `Nothing was changed: this invitation is for ${userId === null ? email : "somebody else"}, not for ${user.email}. Use that account, or ask for an invitation of your own.`,
  );
}

export const domainOf = (email: string) => email.slice(email.lastIndexOf("@") + 1).toLowerCase();

/** An address that nobody has shown to be theirs says nothing. */
async function refuseOutsideDomain(tx: Tx, user: User, domain: string) {
  if (domainOf(user.email) !== domain) throw otherDomain(user, domain);
  const [own] = await tx
    .select({ verifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.id, user.id));
  if (own?.verifiedAt) return;
  throw refused(
    "address_unconfirmed",
    `You aren't in yet: confirm ${user.email} by the link that we mail you, then open this invitation again.`,
  );
}

export const otherDomain = ({ email }: Pick<User, "email">, domain: string) =>
  refused(
    "invitation_for_other",
    `Nothing was changed: this invitation is for people with an address at ${domain}, and yours is ${email}. Use that account, or ask for an invitation of your own.`,
  );

/** Used once and over, or one time more of a link. */
async function noteUse(tx: Tx, record: RecordChange, invitation: Invitation, userId: string) {
  const { id, email, maxUses } = invitation;
  const isLink = email === null;
  const set = isLink ? { uses: sql`${invitations.uses} + 1` } : { acceptedAt: new Date() };
  const [used] = await tx
    .update(invitations)
    .set(set)
    .where(eq(invitations.id, id))
    .returning({ uses: invitations.uses });
  await tx.insert(invitationUses).values({ invitationId: id, userId }).onConflictDoNothing();
  const isOver = !isLink || used?.uses === maxUses;
  recordInvitation(record, invitation, isOver ? "delete" : "update");
}

/**
 * Lets one person in. A member gets the higher role; one who has it already is told so, and the
 * invitation is not used up for nothing.
 */
export async function acceptInvitation(
  tx: Tx,
  record: RecordChange,
  by: AuditContext & { actor: { user: User } },
  which: Which,
) {
  const { user } = by.actor;
  const invitation = await lockInvitation(tx, user, which);
  const { workspaceId, role } = invitation;
  const [workspace] = await tx
    .select(workspaceColumns)
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!workspace) throw notFound("workspace");
  const [member] = await tx
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, user.id)))
    .for("update");
  const isRaised = !member || wouldRaise(member.role, role);
  const recordHere: RecordChange = (change) => record({ workspaceId, ...change });
  const joined = { workspaceId, userId: user.id, role };
  if (member && isRaised) await changeRole(tx, recordHere, joined);
  else if (!member) await putMember(tx, record, joined);
  const isLetIn = await letInto(tx, recordHere, user.id, invitation);
  const into = await readScope(tx, invitation);
  const answer = { ...workspace, role: isRaised ? role : member.role, into };
  if (!isRaised && !isLetIn) return { ...answer, outcome: "already_member" as const };
  await recordAudit(tx, by, {
    ...{ action: "member.joined", workspaceId, subject: user },
    before: { role: member?.role ?? null },
    after: {
      ...{ role: answer.role, invitation: invitation.label ?? invitation.email },
      ...(into && { into: into.name, roleThere: into.role }),
    },
  });
  await noteUse(tx, record, invitation, user.id);
  return { ...answer, outcome: member ? ("raised" as const) : ("joined" as const) };
}

export async function accept(ctx: MutationContext, which: Which) {
  const { user } = ctx.actor;
  const answer = await write(ctx, null, (tx, record) => acceptInvitation(tx, record, ctx, which));
  ctx.services.signals.notifyUser(user.id);
  return answer;
}

export async function declineInvitation(ctx: MutationContext, which: Which) {
  const { user } = ctx.actor;
  const answer = await write(ctx, null, async (tx, record) => {
    const invitation = await lockInvitation(tx, user, which);
    const { id, email } = invitation;
    // A link is for others too: who does not want it leaves it alone.
    if (email === null) return { id };
    await tx.update(invitations).set({ declinedAt: new Date() }).where(eq(invitations.id, id));
    recordInvitation(record, invitation, "delete");
    await recordAudit(tx, ctx, {
      ...{ action: "invitation.declined", workspaceId: invitation.workspaceId },
      subject: { id, name: email },
      before: { role: invitation.role },
    });
    return { id };
  });
  // In their other windows.
  ctx.services.signals.notifyUser(user.id);
  return answer;
}
