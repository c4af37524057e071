import { schema, type Tx } from "@guildhall/db";
import { eq, inArray } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { resetFactors } from "../auth/factors/change-factors.ts";
import { tellFactors } from "../auth/factors/tell.ts";
import { closeLinks, mailReset, revokeTokens } from "../auth/passwords/reset-password.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { keepAnAdministrator, requireAdministrator } from "../core/rights/administrators.ts";
import { holdMembers } from "../core/rights/second-factor.ts";
import { write } from "../core/write.ts";

const { pushSubscriptions, sessions, users } = schema;

type Account = typeof users.$inferSelect;
type Change = (tx: Tx, account: Account) => Promise<void>;

/** For administrators; what the person has open hears of it at once, on every worker. */
async function changeAccount(
  ctx: MutationContext,
  userId: string,
  change: Change,
  hold?: (tx: Tx) => Promise<unknown>,
) {
  const answer = await write(ctx, null, async (tx) => {
    await requireAdministrator(tx, ctx.actor.user.id);
    await hold?.(tx);
    const ids = [ctx.actor.user.id, userId];
    const held = await tx
      .select()
      .from(users)
      .where(inArray(users.id, ids))
      .orderBy(users.id)
      .for("update");
    // Once more: who stops being one at this moment can't make themselves one again.
    await requireAdministrator(tx, ctx.actor.user.id);
    const account = held.find(({ id }) => id === userId);
    if (!account) throw notFound("account");
    await change(tx, account);
    return { userId };
  });
  ctx.services.signals.notifyUser(userId);
  return answer;
}

/**
 * Nothing opens the account any more. Its sessions stay as rows, so that a page that is still open can be
 * told why; they end for good when it is reactivated.
 */
export const deactivateAccount = (ctx: MutationContext, { userId }: { userId: string }) =>
  changeAccount(ctx, userId, async (tx, account) => {
    if (account.deactivatedAt) return;
    if (userId === ctx.actor.user.id) throw notYourself();
    await keepAnAdministrator(tx, userId);
    await tx.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, userId));
    await revokeTokens(tx, userId);
    await closeLinks(tx, userId);
    await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.userId, userId));
    await recordAudit(tx, ctx, { action: "account.deactivated", subject: account });
  });

export const reactivateAccount = (ctx: MutationContext, { userId }: { userId: string }) =>
  changeAccount(ctx, userId, async (tx, account) => {
    if (!account.deactivatedAt) return;
    await tx.delete(sessions).where(eq(sessions.userId, userId));
    await tx.update(users).set({ deactivatedAt: null }).where(eq(users.id, userId));
    await recordAudit(tx, ctx, { action: "account.reactivated", subject: account });
  });

export const setAdministrator = (
  ctx: MutationContext,
  { userId, isAdministrator }: { userId: string; isAdministrator: boolean },
) =>
  changeAccount(ctx, userId, async (tx, account) => {
    if (account.isAdministrator === isAdministrator) return;
    if (!isAdministrator) await keepAnAdministrator(tx, userId);
    await tx.update(users).set({ isAdministrator }).where(eq(users.id, userId));
    await recordAudit(tx, ctx, {
      action: isAdministrator ? "account.madeAdministrator" : "account.unmadeAdministrator",
      subject: account,
    });
  });

export const endAccountSessions = (ctx: MutationContext, { userId }: { userId: string }) =>
  changeAccount(ctx, userId, async (tx, account) => {
    const gone = await tx
      .delete(sessions)
      .where(eq(sessions.userId, userId))
      .returning({ id: sessions.id });
    await recordAudit(tx, ctx, {
      ...{ action: "account.sessionsEnded", subject: account, after: { sessions: gone.length } },
    });
  });

/** For who has lost all of theirs. Who signs in then does so without one, so all that is open ends. */
export async function resetAccountFactors(ctx: MutationContext, { userId }: { userId: string }) {
  if (userId === ctx.actor.user.id) throw ownFactors();
  let reset: Account | null = null;
  const answer = await changeAccount(
    ctx,
    userId,
    async (tx, account) => {
      if (!account.secondFactorAt) return;
      await resetFactors(tx, userId);
      await tx.delete(sessions).where(eq(sessions.userId, userId));
      await recordAudit(tx, ctx, { action: "account.factorsReset", subject: account });
      reset = account;
    },
    // In the order in which people's own changes of factors hold them.
    holdMembers,
  );
  // Nobody waits for a mail server.
  if (reset) void tellFactors(ctx.services, reset, "reset");
  return answer;
}

/** As if they had asked themselves; it is in the log as the administrator's. */
export async function sendAccountReset(ctx: MutationContext, { userId }: { userId: string }) {
  await requireAdministrator(ctx.services.db, ctx.actor.user.id);
  const [account] = await ctx.services.db.select().from(users).where(eq(users.id, userId));
  if (!account || account.deactivatedAt) throw notFound("account");
  const sent = await mailReset(ctx, account.email);
  return { userId, isSent: sent, isMailed: ctx.services.config.sendsMail };
}

const notYourself = () =>
  refused(
    "not_yours",
    "Nothing was changed: you can't deactivate your own account. Ask another administrator.",
  );

const ownFactors = () =>
  refused(
    "not_yours",
    "Nothing was removed: these are your own. Remove them in Settings, Security, or ask another administrator.",
  );
