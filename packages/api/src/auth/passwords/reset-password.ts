import { schema, type Tx } from "@guildhall/db";
import { and, eq, gt, isNull } from "drizzle-orm";
import { type AuditContext, recordAudit } from "../../audit/record-audit.ts";
import type { Context } from "../../core/context.ts";
import { invariant, refused } from "../../core/errors.ts";
import { hashSecret, makeSecret } from "../../core/secrets.ts";
import { requirePasswords } from "./password-off.ts";
import { hashPassword, setPassword } from "./passwords.ts";

const { passwordResets, users, sessions, accessTokens } = schema;
const MINUTES = 30;
/** More that wait unused are not mailed: nobody's mailbox is filled by a stranger. */
const OPEN_LINKS = 5;

/**
 * Answers before it looks: known and unknown addresses cannot be told apart by answer or time. A
 * failure to send is logged for the operator; the person asks again.
 */
export function forgotPassword(ctx: Context, email: string) {
  const { log } = ctx.services.config;
  setImmediate(() => {
    mailReset(ctx, email).catch((error) =>
      log.error({ err: error }, "password reset was not sent"),
    );
  });
}

const stillOpen = (userId: string) =>
  and(
    eq(passwordResets.userId, userId),
    isNull(passwordResets.usedAt),
    gt(passwordResets.expiresAt, new Date()),
  );

/** A new password ends every link to choose one. */
export const closeLinks = (tx: Tx, userId: string) =>
  tx.update(passwordResets).set({ usedAt: new Date() }).where(stillOpen(userId));

export const revokeTokens = (tx: Tx, userId: string) =>
  tx
    .update(accessTokens)
    .set({ revokedAt: new Date() })
    .where(and(eq(accessTokens.userId, userId), isNull(accessTokens.revokedAt)));

/** Whether one was sent: enough of them may wait already. `ctx`: who asked for it, if anybody signed in did. */
export async function mailReset(ctx: Context & AuditContext, email: string): Promise<boolean> {
  const { services } = ctx;
  const secret = makeSecret();
  const isMade = await services.db.transaction(async (tx) => {
    // Held, so that those who ask at once are counted one after the other.
    const [user] = await tx.select().from(users).where(eq(users.email, email)).for("update");
    if (!user || user.deactivatedAt) return false;
    if ((await tx.$count(passwordResets, stillOpen(user.id))) >= OPEN_LINKS) return false;
    await tx.insert(passwordResets).values({
      id: hashSecret(secret),
      userId: user.id,
      expiresAt: new Date(Date.now() + MINUTES * 60_000),
    });
    await recordAudit(tx, ctx, { action: "account.resetSent", subject: user });
    return true;
  });
  if (!isMade) return false;
  await services.config.sendMail({
    to: email,
    subject: "Reset your Guildhall password",
    text: `Use this link within ${MINUTES} minutes to choose a new password:\n\n${services.config.publicUrl}/reset-password?token=${secret}\n\nIf you didn't ask for this, ignore this email. Your password won't change.`,
  });
  return true;
}

type NewPassword = { token: string; password: string; mutationId?: string };

/** The link works once; every session and access token of the person ends. */
export async function resetPassword({ services, client }: Context, input: NewPassword) {
  const passwordHash = await hashPassword(input.password, services.config);
  const userId = await services.db.transaction(async (tx) => {
    const now = new Date();
    const link = await useLink(tx, input, now);
    if (link.usedBefore) return link.userId;
    const [found] = await tx.select().from(users).where(eq(users.id, link.userId));
    const user = invariant(found, "a link is of an account");
    await requirePasswords(services, user.email);
    await closeLinks(tx, link.userId);
    // Who opened the link reads what is mailed to this address.
    const emailVerifiedAt = now;
    await setPassword(tx, link.userId, { passwordHash, emailVerifiedAt });
    await tx.delete(sessions).where(eq(sessions.userId, link.userId));
    await revokeTokens(tx, link.userId);
    await recordAudit(tx, { client }, { action: "account.passwordReset", subject: user });
    return link.userId;
  });
  services.signals.notifyUser(userId);
}

async function useLink(tx: Tx, { token, mutationId }: NewPassword, now: Date) {
  const [link] = await tx
    .select()
    .from(passwordResets)
    .where(eq(passwordResets.id, hashSecret(token)))
    .for("update");
  // The same mutation again: its first answer was lost on the way.
  if (link?.usedAt && mutationId && link.mutationId === mutationId) {
    return { userId: link.userId, usedBefore: true };
  }
  if (!link || link.usedAt || link.expiresAt <= now) {
    throw refused(
      "link_expired",
      "This link has already been used or is older than 30 minutes. Request a new one.",
    );
  }
  await tx
    .update(passwordResets)
    .set({ usedAt: now, mutationId: mutationId ?? null })
    .where(eq(passwordResets.id, link.id));
  return { userId: link.userId, usedBefore: false };
}
