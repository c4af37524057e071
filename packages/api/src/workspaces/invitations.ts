import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadWorkspace, type Role } from "../core/access.ts";
import type { RecordChange } from "../core/change.ts";
import type { ActorContext, MutationContext } from "../core/context.ts";
import { asMissing, notFound, refused } from "../core/errors.ts";
import { deriveSecret, hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import { putMember } from "./members.ts";
import { workspaceColumns } from "./queries.ts";

const { invitations, workspaces } = schema;
const DAYS = 14;

const seen = {
  id: invitations.id,
  workspaceId: invitations.workspaceId,
  email: invitations.email,
  role: invitations.role,
  createdAt: invitations.createdAt,
  expiresAt: invitations.expiresAt,
};

const stillOpen = () =>
  and(
    isNull(invitations.acceptedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, new Date()),
  );

/** Makes a link for one address, mails it, and gives it back to be passed on by hand. */
export async function invite(
  ctx: MutationContext,
  input: { id?: string; workspaceId: string; email: string; role: Role },
) {
  const { config } = ctx.services;
  // Derived, not drawn: the answer that is kept for a retry must not hold the secret.
  const secretOf = (id: string) => deriveSecret(config.jwtSecret, `invitation:${id}`);
  const answer = await write(ctx, input.workspaceId, async (tx) => {
    const workspace = await loadWorkspace(tx, ctx.actor.user.id, input.workspaceId, "owner");
    const createdAt = new Date();
    const values = {
      id: input.id ?? uuidv7(),
      workspaceId: input.workspaceId,
      email: input.email,
      role: input.role,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + DAYS * 24 * 60 * 60_000),
    };
    const invitedBy = ctx.actor.user.id;
    const secretHash = hashSecret(secretOf(values.id));
    await tx.insert(invitations).values({ ...values, invitedBy, secretHash });
    return { ...values, workspaceName: workspace.name };
  });
  const link = `${config.publicUrl}/join?invitation=${secretOf(answer.id)}`;
  config
    .sendMail({
      to: input.email,
      subject: `${ctx.actor.user.name} invites you to ${answer.workspaceName}`,
      text: `Join ${answer.workspaceName} on Guildhall. This link works once and expires in ${DAYS} days:\n\n${link}`,
    })
    .catch((error) => config.log.error({ err: error }, "invitation was not mailed"));
  return { ...answer, link };
}

export async function listInvitations(ctx: ActorContext, workspaceId: string) {
  const { db } = ctx.services;
  await loadWorkspace(db, ctx.actor.user.id, workspaceId, "owner");
  return db
    .select(seen)
    .from(invitations)
    .where(and(eq(invitations.workspaceId, workspaceId), stillOpen()))
    .orderBy(desc(invitations.createdAt));
}

export const revokeInvitation = (ctx: MutationContext, input: { id: string }) =>
  write(ctx, null, async (tx) => {
    const [row] = await tx.select(seen).from(invitations).where(eq(invitations.id, input.id));
    if (!row) throw notFound("invitation");
    await loadWorkspace(tx, ctx.actor.user.id, row.workspaceId, "owner").catch(
      asMissing("invitation"),
    );
    await tx.update(invitations).set({ revokedAt: new Date() }).where(eq(invitations.id, input.id));
    return { id: input.id };
  });

/** What the link's page shows before anyone signs in; the secret is the permission. */
export async function findInvitation(q: Queryable, secret: string) {
  const [row] = await q
    .select({ ...seen, workspaceName: workspaces.name })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .where(and(eq(invitations.secretHash, hashSecret(secret)), stillOpen()));
  if (row) return row;
  throw refused(
    "invitation_expired",
    "This invitation has been used or revoked, or is older than 14 days. Ask for a new one.",
  );
}

/** The link lets one person in, once. */
export async function acceptInvitation(
  tx: Tx,
  record: RecordChange,
  user: { id: string },
  secret: string,
) {
  const invitation = await findInvitation(tx, secret);
  const taken = await tx
    .update(invitations)
    .set({ acceptedAt: new Date() })
    .where(and(eq(invitations.id, invitation.id), stillOpen()))
    .returning({ id: invitations.id });
  if (taken.length === 0)
    throw refused("invitation_expired", "This invitation has just been used.");
  const { workspaceId, role } = invitation;
  await putMember(tx, record, { workspaceId, userId: user.id, role });
  const [workspace] = await tx
    .select(workspaceColumns)
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!workspace) throw notFound("workspace");
  return { ...workspace, role };
}
