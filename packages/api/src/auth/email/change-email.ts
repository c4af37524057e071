/**
 * A new address for an account. It becomes the person's when the link that is mailed to it is opened by
 * somebody who is signed in to that account: the link alone proves nothing, as anybody may name any
 * address. The old one is told at once, with a link that undoes it, before and for a week after.
 *
 * Whether another account has the new address is said to its owner alone, by mail.
 */
import { type Queryable, schema, sqlState, type Tx } from "@guildhall/db";
import { and, eq, gte, isNull, sql } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Context, MutationContext, Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { hashSecret, makeSecret } from "../../core/secrets.ts";
import { write } from "../../core/write.ts";
import { holdSession } from "../confirmation.ts";
import { closeLinks, revokeTokens } from "../passwords/reset-password.ts";

const { emailChanges, sessions, users } = schema;

const HOURS = 24;
const UNDO_DAYS = 7;

export async function requestEmailChange(ctx: MutationContext, toEmail: string) {
  const { services, actor } = ctx;
  const { id: userId, email: fromEmail } = actor.user;
  if (toEmail === fromEmail) {
    throw refused("same_address", "Nothing was changed: this is your address already.");
  }
  await services.limits.confirmations.take(userId);
  const [secret, undo] = [makeSecret(), makeSecret()];
  await write(ctx, null, async (tx) => {
    await undoOpen(tx, userId);
    await tx.insert(emailChanges).values({
      ...{ id: hashSecret(secret), undoId: hashSecret(undo), userId, fromEmail, toEmail },
      expiresAt: new Date(Date.now() + HOURS * 60 * 60_000),
    });
    await holdSession(tx, ctx);
    await recordAudit(tx, ctx, { action: "account.addressRequested", subject: actor.user });
    return { sentTo: toEmail };
  });
  // Answered before anybody is looked up: how long it takes tells nothing.
  setImmediate(() => {
    mailChange(services, { fromEmail, toEmail, secret, undo }).catch((error) =>
      services.config.log.error({ err: error }, "a change of address was not mailed"),
    );
  });
  return { sentTo: toEmail };
}

const undoOpen = (tx: Tx, userId: string) =>
  tx
    .update(emailChanges)
    .set({ undoneAt: sql`now()` })
    .where(
      and(
        eq(emailChanges.userId, userId),
        isNull(emailChanges.confirmedAt),
        isNull(emailChanges.undoneAt),
      ),
    );

type Mailed = { fromEmail: string; toEmail: string; secret: string; undo: string };

async function mailChange({ config, db }: Services, change: Mailed) {
  const { fromEmail, toEmail, secret, undo } = change;
  const isTaken = await hasAccount(db, toEmail);
  await config.sendMail({
    to: toEmail,
    subject: isTaken ? "Somebody named your address" : "Confirm your new address for Guildhall",
    text: isTaken
      ? `Somebody asked to use this address for another Guildhall account. It stays yours, and nothing was changed.\n\nIf that was you, sign in with this address instead:\n${config.publicUrl}/sign-in`
      : `Open this link within ${HOURS} hours, signed in as you are now, to use this address from then on:\n\n${config.publicUrl}/new-address?token=${secret}\n\nIf you didn't ask for this, ignore this email.`,
  });
  await config.sendMail({
    to: fromEmail,
    subject: "Your Guildhall address is about to change",
    text: `Somebody signed in to your account asked to use ${toEmail} instead of this address. It changes when the link that was sent there is opened.\n\nIf this wasn't you, open this link within ${UNDO_DAYS} days. Your address stays or comes back, and every session ends:\n\n${config.publicUrl}/undo-address?token=${undo}`,
  });
}

const hasAccount = async (q: Queryable, email: string) =>
  (await q.$count(users, eq(users.email, email))) > 0;

/** `token`: out of the link to the new address; it works once, for who asked for it. */
export async function confirmEmailChange(ctx: MutationContext, token: string) {
  const { user } = ctx.actor;
  const answer = await write(ctx, null, async (tx) => {
    const [change] = await tx
      .update(emailChanges)
      .set({ confirmedAt: sql`now()` })
      .where(
        and(
          ...[eq(emailChanges.id, hashSecret(token)), eq(emailChanges.userId, user.id)],
          ...[isNull(emailChanges.confirmedAt), isNull(emailChanges.undoneAt)],
          ...[eq(emailChanges.fromEmail, user.email), sql`${emailChanges.expiresAt} > now()`],
        ),
      )
      .returning();
    if (!change) {
      throw refused(
        "link_expired",
        `Your address wasn't changed: this link was used, is older than ${HOURS} hours, or is for another account than ${user.email}. Ask for a new one in Settings, Account.`,
      );
    }
    await setEmail(tx, user.id, change.toEmail);
    await holdSession(tx, ctx);
    await recordAudit(tx, ctx, {
      ...{ action: "account.addressChanged", subject: user },
      ...{ before: { address: change.fromEmail }, after: { address: change.toEmail } },
    });
    return { email: change.toEmail };
  });
  ctx.services.signals.notifyUser(user.id);
  return answer;
}

/** Whoever opened the link reads what is mailed there. */
async function setEmail(tx: Tx, userId: string, email: string) {
  await closeLinks(tx, userId);
  try {
    // In a piece of its own: refused, the rest of the transaction can still say why.
    await tx.transaction((inner) =>
      inner.update(users).set({ email, emailVerifiedAt: sql`now()` }).where(eq(users.id, userId)),
    );
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw refused(
      "email_taken",
      "Your address wasn't changed: another account has this one. Sign in to that account instead.",
    );
  }
}

/**
 * `token`: out of the link to the old address. Who opens it reads that mailbox: the address stays or
 * comes back, and as somebody else was in the account, its sessions and tokens end.
 */
export async function undoEmailChange({ services, client }: Context, token: string) {
  await services.limits.strangers.take(client.address);
  const { userId, email } = await services.db.transaction(async (tx) => {
    const [change] = await tx
      .update(emailChanges)
      .set({ undoneAt: sql`now()` })
      .where(
        and(
          ...[eq(emailChanges.undoId, hashSecret(token)), isNull(emailChanges.undoneAt)],
          sql`${emailChanges.createdAt} > now() - make_interval(days => ${UNDO_DAYS})`,
        ),
      )
      .returning();
    if (!change) {
      throw refused(
        "link_expired",
        `Nothing was changed: this link was used, or is older than ${UNDO_DAYS} days. If you can't sign in, ask your administrator.`,
      );
    }
    await undoLater(tx, change);
    if (change.confirmedAt) await setEmail(tx, change.userId, change.fromEmail);
    await tx.delete(sessions).where(eq(sessions.userId, change.userId));
    await revokeTokens(tx, change.userId);
    await recordAudit(
      tx,
      { client },
      { action: "account.addressUndone", subject: { id: change.userId, name: change.fromEmail } },
    );
    return { userId: change.userId, email: change.fromEmail };
  });
  services.signals.notifyUser(userId);
  return { email };
}

/** What was changed after it was the same stranger's: their own link would give them the account back. */
const undoLater = (tx: Tx, { userId, createdAt }: typeof emailChanges.$inferSelect) =>
  tx
    .update(emailChanges)
    .set({ undoneAt: sql`now()` })
    .where(
      and(
        ...[eq(emailChanges.userId, userId), isNull(emailChanges.undoneAt)],
        gte(emailChanges.createdAt, createdAt),
      ),
    );

/** The address that waits to be confirmed; null: none. */
export async function readPendingEmail(q: Queryable, userId: string): Promise<string | null> {
  const [open] = await q
    .select({ toEmail: emailChanges.toEmail })
    .from(emailChanges)
    .where(
      and(
        ...[eq(emailChanges.userId, userId), isNull(emailChanges.confirmedAt)],
        ...[isNull(emailChanges.undoneAt), sql`${emailChanges.expiresAt} > now()`],
      ),
    );
  return open?.toEmail ?? null;
}
