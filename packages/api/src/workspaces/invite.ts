import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import type { WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import { INVITATION_DAYS, isOpen, loadInviter } from "./invitation-rights.ts";
import { type Into, refuseScope, saidOf, scopeOfInto } from "./invitation-scope.ts";
import {
  linkOf,
  mailedLinkOf,
  notifyInvited,
  recordInvitation,
  secretOf,
  told,
} from "./invitations.ts";

const { invitations, members, users } = schema;

/** By address; or by id, somebody one shares a workspace with. */
export type Invited = { userId: string } | { email: string };

type Input = {
  id?: string;
  workspaceId: string;
  role: WorkspaceRole;
  /** One project or document, and as what there. */
  into?: Into | undefined;
} & Invited;

export const invitationEnd = (from = new Date()) =>
  new Date(from.getTime() + INVITATION_DAYS * 24 * 60 * 60_000);

/**
 * Makes a link for one person, mails it, and gives it back to be passed on by hand. An earlier one for
 * the same person ends: the last word holds.
 */
export async function invite(ctx: MutationContext, input: Input) {
  const { config, limits } = ctx.services;
  const { user } = ctx.actor;
  await limits.invitations.take(user.id);
  let mailTo: string | undefined;
  let concerned: Parameters<typeof notifyInvited>[1] = [];
  const answer = await write(ctx, input.workspaceId, async (tx, record) => {
    const workspace = await loadInviter(tx, user.id, input.workspaceId, input.role);
    const invited = "userId" in input ? await someoneKnown(tx, user.id, input.userId) : input;
    const scope = scopeOfInto(input.into);
    await refuseScope(tx, user.id, { ...scope, workspaceId: input.workspaceId });
    // Into one place a member is invited like anybody else.
    if (!input.into) await refuseMember(tx, input.workspaceId, input);
    const { made, values } = await putInvitation(tx, record, ctx, { ...input, to: invited.email });
    concerned = [made];
    mailTo = invited.email;
    const shown =
      "name" in invited
        ? { email: null, name: invited.name }
        : { email: invited.email, name: null };
    return { ...values, ...shown, workspaceName: workspace.name };
  });
  notifyInvited(ctx.services, concerned);
  // Not again for a retry that was answered from the first run.
  if (mailTo) mailInvitation(ctx, { ...answer, to: mailTo });
  return { ...answer, link: linkOf(config, answer.id), isMailed: config.sendsMail };
}

/** The row; an earlier one for the same person ends. */
export async function putInvitation(
  tx: Tx,
  record: RecordChange,
  ctx: MutationContext,
  input: Input & { to: string },
) {
  const { services, actor } = ctx;
  for (const earlier of await endEarlier(tx, input.workspaceId, input)) {
    recordInvitation(record, earlier, "delete");
  }
  const createdAt = new Date();
  const values = {
    id: input.id ?? uuidv7(),
    workspaceId: input.workspaceId,
    role: input.role,
    createdAt,
    expiresAt: invitationEnd(createdAt),
  };
  const scope = scopeOfInto(input.into);
  const own = {
    ...scope,
    email: input.to,
    userId: "userId" in input ? input.userId : null,
    invitedBy: actor.user.id,
  };
  const secretHash = hashSecret(secretOf(services.config, values.id));
  await tx.insert(invitations).values({ ...values, ...own, secretHash });
  const { id, workspaceId, role } = values;
  const made = { id, workspaceId, role, ...own };
  recordInvitation(record, made, "insert");
  await recordAudit(tx, ctx, {
    action: "invitation.created",
    workspaceId,
    subject: { id, name: input.to },
    after: { role, ...(await saidOf(tx, scope)) },
  });
  return { made, values };
}

type Mailed = { id: string; workspaceName: string; to: string; name?: string | null };

/** Nobody waits for a mail server. */
export function mailInvitation({ services, actor }: MutationContext, mailed: Mailed) {
  const { config } = services;
  const { id, workspaceName, to, name } = mailed;
  const greeting = name ? `Hello ${name},\n\n` : "";
  config
    .sendMail({
      to,
      subject: `${actor.user.name} invites you to ${workspaceName}`,
      text: `${greeting}Join ${workspaceName} on Guildhall, within ${INVITATION_DAYS} days:\n\n${mailedLinkOf(config, id, to)}`,
    })
    .catch((error) => config.log.error({ err: error }, "invitation was not mailed"));
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
  const member = await findMember(tx, workspaceId, invited);
  if (!member) return;
  throw refused(
    "already_member",
    `No invitation was made: ${member.name} is a member already. Change their role in the list of members.`,
  );
}

/** By address or by person, not the one for the other: that would tell whose address it is. */
const endEarlier = (
  tx: Tx,
  workspaceId: string,
  invited: Invited & { into?: Into | undefined },
) => {
  const { projectId, documentId } = scopeOfInto(invited.into);
  return tx
    .update(invitations)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        sql`${invitations.projectId} is not distinct from ${projectId}::uuid`,
        sql`${invitations.documentId} is not distinct from ${documentId}::uuid`,
        "userId" in invited
          ? eq(invitations.userId, invited.userId)
          : and(eq(invitations.email, invited.email), isNull(invitations.userId)),
        isOpen(),
      ),
    )
    .returning(told);
};

export async function findMember(tx: Tx, workspaceId: string, invited: Invited) {
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
  return member;
}
