import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadWorkspace, type WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { deriveSecret, hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import { INVITATION_DAYS, isOpen, notifyInvited, recordInvitation, told } from "./invitations.ts";

const { invitations, members, users } = schema;

/** By address; or by id, somebody one shares a workspace with. */
export type Invited = { userId: string } | { email: string };

type Input = { id?: string; workspaceId: string; role: WorkspaceRole } & Invited;

/**
 * Makes a link for one person, mails it, and gives it back to be passed on by hand. An earlier one for
 * the same person ends: the last word holds.
 */
export async function invite(ctx: MutationContext, input: Input) {
  const { config, limits } = ctx.services;
  const { user } = ctx.actor;
  await limits.invitations.take(user.id);
  // Derived, not drawn: the answer that is kept for a retry must not hold the secret.
  const secretOf = (id: string) => deriveSecret(config.jwtSecret, `invitation:${id}`);
  let mailTo: string | undefined;
  let concerned: Parameters<typeof notifyInvited>[1] = [];
  const answer = await write(ctx, input.workspaceId, async (tx, record) => {
    const workspace = await loadWorkspace(tx, user.id, input.workspaceId, "owner");
    const invited = "userId" in input ? await someoneKnown(tx, user.id, input.userId) : input;
    await refuseMember(tx, input.workspaceId, input);
    for (const earlier of await endEarlier(tx, input.workspaceId, input)) {
      recordInvitation(record, earlier, "delete");
    }
    const createdAt = new Date();
    const values = {
      id: input.id ?? uuidv7(),
      workspaceId: input.workspaceId,
      role: input.role,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + INVITATION_DAYS * 24 * 60 * 60_000),
    };
    const made = await tx
      .insert(invitations)
      .values({
        ...values,
        email: invited.email,
        userId: "userId" in input ? input.userId : null,
        invitedBy: user.id,
        secretHash: hashSecret(secretOf(values.id)),
      })
      .returning(told);
    for (const each of made) recordInvitation(record, each, "insert");
    concerned = made;
    mailTo = invited.email;
    const shown =
      "name" in invited
        ? { email: null, name: invited.name }
        : { email: invited.email, name: null };
    return { ...values, ...shown, workspaceName: workspace.name };
  });
  notifyInvited(ctx.services, concerned);
  const link = `${config.publicUrl}/join?invitation=${secretOf(answer.id)}`;
  // Not again for a retry that was answered from the first run.
  if (mailTo) {
    config
      .sendMail({
        to: mailTo,
        subject: `${user.name} invites you to ${answer.workspaceName}`,
        text: `Join ${answer.workspaceName} on Guildhall, within ${INVITATION_DAYS} days:\n\n${link}`,
      })
      .catch((error) => config.log.error({ err: error }, "invitation was not mailed"));
  }
  return { ...answer, link, isMailed: config.sendsMail };
}

/** Whoever shares no workspace with the asker, as more than its guest, is nobody to them, account or not. */
async function someoneKnown(tx: Tx, askerId: string, userId: string) {
  const [known] = await tx
    .select({ email: users.email, name: users.name })
    .from(users)
    .where(
      and(
        eq(users.id, userId),
        sql`exists (
          select from ${members} theirs join ${members} mine on mine.workspace_id = theirs.workspace_id
          where theirs.user_id = ${userId} and mine.user_id = ${askerId} and mine.role <> 'guest')`,
      ),
    );
  if (!known) throw notFound("person");
  return known;
}

/** One question for every address: an owner knows those of the members, and learns of no others. */
async function refuseMember(tx: Tx, workspaceId: string, invited: Invited) {
  const [member] = await tx
    .select({ name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.workspaceId, workspaceId),
        "userId" in invited ? eq(users.id, invited.userId) : eq(users.email, invited.email),
      ),
    );
  if (!member) return;
  throw refused(
    "already_member",
    `No invitation was made: ${member.name} is a member already. Change their role in the list of members.`,
  );
}

/** By address or by person, not the one for the other: that would tell whose address it is. */
const endEarlier = (tx: Tx, workspaceId: string, invited: Invited) =>
  tx
    .update(invitations)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        "userId" in invited
          ? eq(invitations.userId, invited.userId)
          : and(eq(invitations.email, invited.email), isNull(invitations.userId)),
        isOpen(),
      ),
    )
    .returning(told);
