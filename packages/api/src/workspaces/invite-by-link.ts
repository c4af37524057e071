import { schema } from "@guildhall/db";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import type { WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import { loadInviter } from "./invitation-rights.ts";
import { type Into, refuseScope, saidOf, scopeOfInto } from "./invitation-scope.ts";
import { linkOf, recordInvitation, secretOf } from "./invitations.ts";

const { invitations } = schema;

type Input = {
  id?: string;
  workspaceId: string;
  role: WorkspaceRole;
  /** Null: it never expires. */
  days: number | null;
  /** How many people may come by it; null: any number. */
  maxUses: number | null;
  /** Only for those with a verified address there. */
  domain: string | null;
  label: string | null;
  /** One project or document, and as what there. */
  into?: Into | undefined;
};

/** For whoever has the link, within the bounds that its maker sets. It is mailed to nobody. */
export async function inviteByLink(ctx: MutationContext, input: Input) {
  const { config, limits } = ctx.services;
  const { user } = ctx.actor;
  await limits.invitations.take(user.id);
  const answer = await write(ctx, input.workspaceId, async (tx, record) => {
    const { workspaceId, role, days, maxUses, domain, label } = input;
    await loadInviter(tx, user.id, workspaceId, role);
    const scope = scopeOfInto(input.into);
    await refuseScope(tx, user.id, { ...scope, workspaceId });
    const createdAt = new Date();
    const values = {
      ...{ id: input.id ?? uuidv7(), workspaceId, role, createdAt, maxUses, domain, label },
      expiresAt: days === null ? null : new Date(createdAt.getTime() + days * 24 * 60 * 60_000),
    };
    const secretHash = hashSecret(secretOf(config, values.id));
    await tx.insert(invitations).values({ ...values, ...scope, invitedBy: user.id, secretHash });
    const made = { ...values, email: null, userId: null, invitedBy: user.id };
    recordInvitation(record, made, "insert");
    await recordAudit(tx, ctx, {
      ...{ action: "invitation.linkCreated", workspaceId },
      after: { ...values, ...(await saidOf(tx, scope)) },
      subject: { id: values.id, name: label },
    });
    return values;
  });
  return { ...answer, link: linkOf(config, answer.id) };
}
