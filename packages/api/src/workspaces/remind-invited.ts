import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import { hashSecret } from "../core/secrets.ts";
import { write } from "../core/write.ts";
import { invitationGone, loadInviter } from "./invitation-rights.ts";
import { loadInvitation, notifyInvited, recordInvitation, secretOf } from "./invitations.ts";
import { invitationEnd, mailInvitation } from "./invite.ts";

const { invitations } = schema;
const HOUR_MS = 60 * 60_000;

/**
 * Mails it again, with its whole time from now on, and as the word of whoever does this. Its link stays the
 * same, so that an older mail works too.
 */
export async function remindInvited(ctx: MutationContext, input: { id: string }) {
  const { services, actor } = ctx;
  let mailed: Parameters<typeof mailInvitation>[1] | undefined;
  let concerned: Parameters<typeof notifyInvited>[1] = [];
  const answer = await write(ctx, null, async (tx, record) => {
    await tx.select().from(invitations).where(eq(invitations.id, input.id)).for("update");
    const row = await loadInvitation(tx, actor.user.id, input.id);
    const { id, workspaceId, role, email, workspaceName } = row;
    await loadInviter(tx, actor.user.id, workspaceId, role);
    if (row.revokedAt || row.declinedAt) throw invitationGone("ended");
    if (row.acceptedAt) throw invitationGone("used");
    if (email === null) {
      throw refused("bad_input", "Nothing was sent: a link is nobody's in particular. Copy it.");
    }
    refuseTooSoon(row.remindedAt);
    await services.limits.invitations.take(actor.user.id);
    const set = {
      remindedAt: new Date(),
      expiresAt: invitationEnd(),
      invitedBy: actor.user.id,
      // Whatever secret the server had when it was made: the link in this mail is derived now.
      secretHash: hashSecret(secretOf(services.config, id)),
    };
    await tx.update(invitations).set(set).where(eq(invitations.id, id));
    recordInvitation(record, { ...row, ...set }, "update");
    await recordAudit(tx, ctx, {
      ...{ action: "invitation.sentAgain", workspaceId, after: { role } },
      subject: { id, name: email },
    });
    mailed = { id, workspaceName, to: email };
    concerned = [row];
    return { id, ...{ expiresAt: set.expiresAt, remindedAt: set.remindedAt } };
  });
  notifyInvited(services, concerned);
  if (mailed) mailInvitation(ctx, mailed);
  return answer;
}

function refuseTooSoon(remindedAt: Date | null) {
  if (!remindedAt || Date.now() - remindedAt.getTime() > HOUR_MS) return;
  throw refused(
    "too_often",
    "Nothing was sent: this invitation was sent again less than an hour ago. Copy its link if it didn't arrive.",
  );
}
