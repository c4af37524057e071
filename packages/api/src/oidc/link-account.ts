/**
 * Somebody whom a provider vouches for has an account with that address already. It is not theirs for
 * that reason: anybody may have made it, and a provider may err. It is connected by its own password,
 * asked for on a page of ours, in the browser that came from the provider.
 */
import { schema } from "@guildhall/db";
import { and, eq, gt, isNull } from "drizzle-orm";
import { checkPassword } from "../auth/passwords/passwords.ts";
import { passFactor, pendingOf, type ShownFactor } from "../auth/sign-in.ts";
import type { Context } from "../core/context.ts";
import { accountClosed, accountDeactivated, refused } from "../core/errors.ts";
import type { Vouched } from "./ask-provider.ts";
import { findBrowser, MINUTES, rememberBrowser } from "./browser-cookie.ts";
import { addIdentity } from "./connect-identity.ts";
import type { Account } from "./find-account.ts";
import { openProviderSession } from "./open-session.ts";
import { refusalOf } from "./refusal-of.ts";

const { providerLinks, users } = schema;

export const LINK_PAGE = "/link-account";

type Link = Awaited<ReturnType<typeof findLink>>;
type Asked = { user: Account; vouched: Vouched; returnTo: string };

/** The last one that a browser came with counts. */
export async function askForPassword(ctx: Context, { user, vouched, returnTo }: Asked) {
  const { provider, issuer, subject, groups, sid, idToken } = vouched;
  const row = {
    userId: user.id,
    provider: provider.id,
    ...{ issuer, subject, email: user.email, sid, idToken, returnTo },
    claimed: groups,
    expiresAt: new Date(Date.now() + MINUTES * 60_000),
  };
  await ctx.services.db
    .insert(providerLinks)
    .values({ id: rememberBrowser(ctx), ...row })
    .onConflictDoUpdate({ target: providerLinks.id, set: row });
}

async function findLink(ctx: Context) {
  const browser = findBrowser(ctx);
  const [link] = browser
    ? await ctx.services.db
        .select()
        .from(providerLinks)
        .where(and(eq(providerLinks.id, browser), gt(providerLinks.expiresAt, new Date())))
    : [];
  const provider = ctx.services.providers.list.find(({ id }) => id === link?.provider);
  if (!link || !provider) throw linkExpired();
  return { link, provider };
}

/** For the page that asks: which account, and by which provider. Only to the browser that came from there. */
export async function readLink(ctx: Context) {
  const { link, provider } = await findLink(ctx);
  return { email: link.email, provider: { id: provider.id, name: provider.name } };
}

/** Connects, and signs in. A wrong password counts as one at a sign-in. */
export async function linkAccount(ctx: Context, { password }: { password: string }) {
  const { config, db, limits } = ctx.services;
  const found = await findLink(ctx);
  const { link } = found;
  const tried = { email: link.email, address: ctx.client.address, isKnownDevice: false };
  await limits.login.take(tried);
  const [user] = await db.select().from(users).where(eq(users.id, link.userId));
  if (!user || !(await checkPassword(password, user.passwordHash, config))) throw wrongPassword();
  if (user.deactivatedAt) throw accountDeactivated();
  if (user.closedAt) throw accountClosed();
  await limits.login.forget(tried);
  const pending = await pendingOf(ctx, user);
  return pending ? { returnTo: null, pending } : connect(ctx, found, user);
}

/** The second step, for whom `linkAccount` answered with `pending`. */
export async function finishLink(ctx: Context, shown: ShownFactor) {
  const found = await findLink(ctx);
  const { user } = await passFactor(ctx, shown);
  if (user.id !== found.link.userId) throw linkExpired();
  return connect(ctx, found, user);
}

/** For whom nothing more is to be asked. */
async function connect(ctx: Context, { link, provider }: Link, user: Account) {
  const { db, signals } = ctx.services;
  const done = { returnTo: link.returnTo, pending: null };
  // Used up before anything is given for it.
  const [mine] = await db.delete(providerLinks).where(eq(providerLinks.id, link.id)).returning();
  if (!mine) return done;
  const { issuer, subject, email, sid, idToken, claimed } = link;
  const account = { id: user.id, email: user.email, name: user.name };
  // Who has a password comes not by the provider alone: its word on factors is none for them.
  const vouched = { provider, issuer, subject, email, hasShownFactor: false };
  const identityId = await addIdentity(ctx, account, vouched).catch(refusalOf(ctx, provider.id));
  await db
    .update(users)
    .set({ emailVerifiedAt: new Date() })
    .where(and(eq(users.id, user.id), eq(users.email, email), isNull(users.emailVerifiedAt)));
  await openProviderSession(
    ctx,
    { identityId, user: account },
    { ...vouched, groups: claimed, sid, idToken, authenticatedAt: null },
  );
  signals.notifyUser(user.id);
  return done;
}

const linkExpired = () =>
  refused(
    "link_expired",
    "Nothing was connected: more than 10 minutes have passed, or you started in another browser. Sign in through your provider again.",
  );

const wrongPassword = () =>
  refused("wrong_password", "Nothing was connected: that isn't the password of this account.");
