/**
 * Invitations: who has one, and for how long it is good.
 *
 * An invitation is its maker's word, so it ends with their right to give it (invitation-rights.ts). It is
 * for one address, or for one person known by name, whose address the inviter need not be able to see; or
 * it is a link for whoever has it, so many times (invite-by-link.ts). Whether an address has an account
 * decides nothing here: making one answers alike for all. Anybody can make an account with an address that
 * is not theirs: what is for an address is found among one's own only once that is verified, and until then
 * needs its link.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { mayAs, NOWHERE, type WorkspaceRole } from "../core/access.ts";
import type { ActorContext, ApiConfig, MutationContext, Services } from "../core/context.ts";
import { asMissing, notFound } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { deriveSecret, hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import {
  type InvitationState,
  invitationGone,
  invitationState,
  isFor,
  isOpen,
  loadInviter,
} from "./invitation-rights.ts";
import { readScope, type Scope, scopeIsOpen, scopeWouldRaise } from "./invitation-scope.ts";

const { invitations, invitationUses, members, users, workspaces } = schema;

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

const scopeColumns = {
  projectId: invitations.projectId,
  documentId: invitations.documentId,
  scopeRole: invitations.scopeRole,
};

/** What only a link has; of others all of it is null. */
const linkColumns = {
  label: invitations.label,
  maxUses: invitations.maxUses,
  uses: invitations.uses,
  domain: invitations.domain,
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
  op: "insert" | "update" | "delete",
) {
  const row = op !== "delete" ? { id, workspaceId, role } : null;
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

type LinkConfig = Pick<ApiConfig, "jwtSecret" | "publicUrl">;

/**
 * Derived, not drawn: neither the answer that is kept for a retry nor the table has to hold the secret, and
 * its link can be copied again.
 */
export const secretOf = ({ jwtSecret }: LinkConfig, id: string) =>
  deriveSecret(jwtSecret, `invitation:${id}`);

export const linkOf = (config: LinkConfig, id: string) =>
  `${config.publicUrl}/join?invitation=${secretOf(config, id)}`;

const mailProof = ({ jwtSecret }: LinkConfig, id: string, email: string) =>
  deriveSecret(jwtSecret, `mailed invitation:${id}:${email}`);

/** The same, with a proof that its reader gets what is mailed to that address: nobody else is given this one. */
export const mailedLinkOf = (config: LinkConfig, id: string, email: string) =>
  `${linkOf(config, id)}.${mailProof(config, id, email)}`;

/** Of the secret in a link, mailed or copied. */
export const whichOf = (secret: string) =>
  eq(invitations.secretHash, hashSecret(secret.split(".", 1).join()));

/** Who came by each. */
async function readUses(q: Queryable, ids: string[]) {
  const uses = await q
    .select({
      invitationId: invitationUses.invitationId,
      userId: users.id,
      name: users.name,
      at: invitationUses.createdAt,
    })
    .from(invitationUses)
    .innerJoin(users, eq(users.id, invitationUses.userId))
    .where(inArray(invitationUses.invitationId, ids))
    .orderBy(invitationUses.createdAt, users.id);
  return Map.groupBy(uses, ({ invitationId }) => invitationId);
}

/**
 * Those that wait, and those that could be made to again: expired, used up, or stopped by what became of
 * their maker. Owners see all, others who may invite their own.
 */
export async function listInvitations(ctx: ActorContext, workspaceId: string) {
  const { db, config } = ctx.services;
  const me = ctx.actor.user.id;
  // With a link one comes in and writes: a token that only reads is given none.
  const maySee = ctx.actor.scope === "write";
  const { role } = await loadInviter(db, me, workspaceId);
  const rows = await db
    .select({
      ...shown,
      state: invitationState,
      invitedBy: invitations.invitedBy,
      makerName: sql<string | null>`(
        select maker.name from ${users} maker where maker.id = "invitations"."invited_by")`,
      secretHash: invitations.secretHash,
      remindedAt: invitations.remindedAt,
      ...scopeColumns,
      ...linkColumns,
    })
    .from(invitations)
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        isNull(invitations.acceptedAt),
        isNull(invitations.declinedAt),
        isNull(invitations.revokedAt),
        role === "owner" ? undefined : eq(invitations.invitedBy, me),
      ),
    )
    .orderBy(desc(invitations.createdAt))
    .limit(MOST_LISTED);
  const uses = await readUses(
    db,
    rows.map(({ id }) => id),
  );
  const scopes = await Promise.all(rows.map((row) => readListed(db, me, row)));
  return rows.map(({ secretHash, projectId: _, documentId: __, scopeRole: ___, ...row }, n) => ({
    ...row,
    ...scopes[n],
    /** Null when this server can't derive it any more: its secret is another one since. */
    link:
      maySee && hashSecret(secretOf(config, row.id)) === secretHash ? linkOf(config, row.id) : null,
    people: (uses.get(row.id) ?? []).map(({ userId, name, at }) => ({ userId, name, at })),
  }));
}

/** With what its reader may see of it; stopped when who made it may let nobody in there any more. */
async function readListed(
  q: Queryable,
  readerId: string,
  row: Scope & { workspaceId: string; invitedBy: string | null; state: InvitationState },
) {
  const state =
    row.state === "open" && !(await scopeIsOpen(q, row)) ? ("stopped" as const) : row.state;
  const into = await readScope(q, row);
  const own = { ...row, invitedBy: readerId };
  return { state, into: into && { ...into, name: (await scopeIsOpen(q, own)) ? into.name : null } };
}

const MOST_LISTED = 500;

/** Those that would let this person in, or give them a higher role. */
export async function listMyInvitations({ services: { db }, actor }: ActorContext) {
  const rows = await db
    .select({
      id: invitations.id,
      workspaceId: invitations.workspaceId,
      workspaceName: workspaces.name,
      invitedBy: users.name,
      role: invitations.role,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      roleNow: members.role,
      makerId: invitations.invitedBy,
      ...scopeColumns,
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
  const mine = await Promise.all(
    rows.map(async ({ roleNow, makerId, projectId, documentId, scopeRole, ...row }) => {
      const scope = { projectId, documentId, scopeRole };
      const scoped = { ...scope, workspaceId: row.workspaceId, invitedBy: makerId };
      if (!(await scopeIsOpen(db, scoped))) return [];
      const gives =
        wouldRaise(roleNow, row.role) || (await scopeWouldRaise(db, actor.user.id, scope));
      return gives ? [{ ...row, into: await readScope(db, scope) }] : [];
    }),
  );
  return mine.flat();
}

export const wouldRaise = (now: WorkspaceRole | null | undefined, to: WorkspaceRole) =>
  !now || !mayAs(now, to);

/** Its row, for its maker and the owners, as long as they may invite people. */
export async function loadInvitation(q: Queryable, userId: string, id: string) {
  const [row] = await q.select().from(invitations).where(eq(invitations.id, id));
  const inviter = loadInviter(q, userId, row?.workspaceId ?? NOWHERE);
  const { role, name } = await inviter.catch(asMissing("invitation"));
  if (!row) throw notFound("invitation");
  if (role !== "owner" && row.invitedBy !== userId) throw notFound("invitation");
  return { ...row, workspaceName: name };
}

export async function revokeInvitation(ctx: MutationContext, input: { id: string }) {
  let revoked: Told[] = [];
  const answer = await write(ctx, null, async (tx, record) => {
    const row = await loadInvitation(tx, ctx.actor.user.id, input.id);
    await tx.update(invitations).set({ revokedAt: new Date() }).where(eq(invitations.id, input.id));
    recordInvitation(record, row, "delete");
    await recordAudit(tx, ctx, {
      ...{ action: "invitation.revoked", workspaceId: row.workspaceId },
      subject: { id: row.id, name: row.email ?? row.label },
      before: { role: row.role },
    });
    revoked = [row];
    return { id: input.id };
  });
  notifyInvited(ctx.services, revoked);
  return answer;
}

/** What the link's page shows before anyone signs in; the secret is the permission. */
export async function previewInvitation(
  { db, config }: Pick<Services, "db" | "config">,
  secret: string,
) {
  const [row] = await db
    .select({
      ...shown,
      address: invitations.email,
      isLink: sql<boolean>`${invitations.email} is null`,
      domain: invitations.domain,
      state: invitationState,
      workspaceName: workspaces.name,
      makerName: users.name,
      invitedBy: invitations.invitedBy,
      ...scopeColumns,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(whichOf(secret));
  if (!row) throw invitationGone();
  if (row.state !== "open") throw invitationGone(row.state);
  if (!(await scopeIsOpen(db, row))) throw invitationGone("stopped");
  const { id, address, email, name, role, workspaceName, expiresAt, isLink, domain } = row;
  const isMailed =
    address !== null &&
    hashSecret(secret.split(".", 2)[1] ?? "") === hashSecret(mailProof(config, id, address));
  return {
    ...{ email, name, role, workspaceName, expiresAt, isLink, domain, invitedBy: row.makerName },
    /** The one project or document that it is for, and as what; null: the workspace alone. */
    into: await readScope(db, row),
    /** Where this very link was mailed to; null: it was copied. */
    mailedTo: isMailed ? address : null,
  };
}
