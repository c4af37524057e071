/**
 * A person closes their account. At once nothing opens it, and nothing reaches them: every question for a
 * session, a token, a mail or a push asks whether the account is closed. Their sessions stay as rows, so
 * that an open page can be told why; they go when the account is opened again or erased. So do passkeys
 * and other factors, which then open nothing but the question whether to come back.
 *
 * They stay in their workspaces, marked as closed, so that their work has their name and everybody's rights
 * are derived as before: whoever comes back has what they would have now.
 */
import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { MutationContext } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { keepAnAdministrator } from "../../core/rights/administrators.ts";
import { write } from "../../core/write.ts";
import { eraseAt } from "../../erasure/deletion-days.ts";
import { recordPerson } from "../../workspaces/record-person.ts";
import { closeLinks, revokeTokens } from "../passwords/reset-password.ts";
import { holdOwned, ownedAlone } from "./owned-alone.ts";

const { pushSubscriptions, users } = schema;

type Closing = {
  /** Their own address, typed, so that nobody does it by a slip. */
  email: string;
  /** Or they are a former member beside their work. */
  keepsName: boolean;
};

export async function closeAccount(ctx: MutationContext, { email, keepsName }: Closing) {
  const { user } = ctx.actor;
  if (email !== user.email) {
    throw refused("name_differs", `Your account wasn't closed: type “${user.email}” to confirm.`);
  }
  const answer = await write(ctx, null, async (tx, record) => {
    await holdOwned(tx, user.id);
    await refuseLastOwner(tx, user.id);
    await keepAnAdministrator(tx, user.id);
    const closedAt = new Date();
    await tx.update(users).set({ closedAt, isNameErased: !keepsName }).where(eq(users.id, user.id));
    await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.userId, user.id));
    await closeLinks(tx, user.id);
    await revokeTokens(tx, user.id);
    await recordPerson(tx, record, user.id);
    await recordAudit(tx, ctx, {
      ...{ action: "account.closed", subject: user, after: { keepsName } },
    });
    return { eraseAt: eraseAt(closedAt) };
  });
  ctx.services.signals.notifyUser(user.id);
  // Nobody waits for a mail server.
  void mailClosed(ctx, answer.eraseAt);
  return answer;
}

async function refuseLastOwner(tx: Tx, userId: string) {
  const { withOthers } = await ownedAlone(tx, userId);
  if (withOthers.length === 0) return;
  const names = new Intl.ListFormat("en").format(withOthers.map(({ name }) => `“${name}”`));
  throw refused(
    "last_owner",
    `Your account wasn't closed: you're the only owner of ${names}, where others work. Make someone else an owner there, or delete it, first.`,
  );
}

async function mailClosed({ services, actor }: MutationContext, until: Date) {
  const { config } = services;
  const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(until);
  const text = `Your Guildhall account was closed. You're signed out everywhere, and get no more notifications.\n\nUntil ${day} you can open it again: sign in at\n${config.publicUrl}/sign-in\n\nAfter that your address, password, sign-in methods, picture and settings are erased. What you made stays in its workspaces.\n\nIf this wasn't you, sign in now to open it again, and change your password.`;
  const mail = { to: actor.user.email, subject: "Your Guildhall account was closed", text };
  await config.sendMail(mail).catch((error: unknown) => {
    config.log.error({ err: error }, "that an account was closed was not mailed");
  });
}
