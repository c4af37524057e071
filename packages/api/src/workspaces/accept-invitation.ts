import { schema, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { invariant, notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import { invitationGone, isFor, isOpen, recordInvitation, wouldRaise } from "./invitations.ts";
import { changeRole, putMember } from "./members.ts";
import { workspaceColumns } from "./queries.ts";

const { invitations, members, workspaces } = schema;

type User = { id: string; email: string };
/** Out of a link, or out of the list of one's own. */
export type Which = { secret: string } | { id: string };

/** Held, with its maker's right to have made it: neither changes before this is done. */
async function lockInvitation(tx: Tx, user: User, which: Which) {
  const [invitation] = await tx
    .select()
    .from(invitations)
    .where(
      and(
        "secret" in which
          ? eq(invitations.secretHash, hashSecret(which.secret))
          : and(eq(invitations.id, which.id), isFor(user)),
        isOpen(),
      ),
    )
    .for("update");
  if (!invitation) throw invitationGone();
  const { email, userId } = invitation;
  if (userId === null ? email !== user.email : userId !== user.id) {
    throw refused(
      "invitation_for_other",
      `Nothing was changed: this invitation is for ${userId === null ? email : "somebody else"}, not for ${user.email}. Use that account, or ask for an invitation of your own.`,
    );
  }
  const [maker] = await tx
    .select({ role: members.role })
    .from(members)
    .where(
      and(
        eq(members.workspaceId, invitation.workspaceId),
        eq(members.userId, invariant(invitation.invitedBy, "an open invitation has a maker")),
      ),
    )
    .for("share");
  if (maker?.role !== "owner") throw invitationGone();
  return invitation;
}

/**
 * Lets one person in, once. A member gets the higher role; one who has it already is told so, and the
 * invitation is not used up for nothing.
 */
export async function acceptInvitation(tx: Tx, record: RecordChange, user: User, which: Which) {
  const invitation = await lockInvitation(tx, user, which);
  const { id, workspaceId, role } = invitation;
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
  if (member && !wouldRaise(member.role, role)) {
    return { ...workspace, role: member.role, outcome: "already_member" as const };
  }
  await tx.update(invitations).set({ acceptedAt: new Date() }).where(eq(invitations.id, id));
  const row = { workspaceId, userId: user.id, role };
  if (member) await changeRole(tx, (change) => record({ workspaceId, ...change }), row);
  else await putMember(tx, record, row);
  recordInvitation(record, invitation, "delete");
  return { ...workspace, role, outcome: member ? ("raised" as const) : ("joined" as const) };
}

export async function accept(ctx: MutationContext, which: Which) {
  const { user } = ctx.actor;
  const answer = await write(ctx, null, (tx, record) => acceptInvitation(tx, record, user, which));
  ctx.services.signals.notifyUser(user.id);
  return answer;
}

export async function declineInvitation(ctx: MutationContext, which: Which) {
  const { user } = ctx.actor;
  const answer = await write(ctx, null, async (tx, record) => {
    const invitation = await lockInvitation(tx, user, which);
    const { id } = invitation;
    await tx.update(invitations).set({ declinedAt: new Date() }).where(eq(invitations.id, id));
    recordInvitation(record, invitation, "delete");
    return { id };
  });
  // In their other windows.
  ctx.services.signals.notifyUser(user.id);
  return answer;
}
