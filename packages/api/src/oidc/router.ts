import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { confirmedMutation } from "../auth/confirmation.ts";
import { arePasswordsOff } from "../auth/passwords/password-off.ts";
import { presentedPassword } from "../auth/passwords/passwords.ts";
import { shownCode, shownPasskey } from "../auth/shown-factor.ts";
import { id } from "../core/text.ts";
import { mutationIdInput, open, personally, router } from "../core/trpc.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { disconnectIdentity } from "./connect-identity.ts";
import { finishLink, linkAccount, readLink } from "./link-account.ts";
import { refusalOf } from "./refusal-of.ts";

const { identities, users } = schema;

export const providersRouter = router({
  /** Through whom one can sign in here, for the buttons. Asks no provider. */
  list: open.query(({ ctx }) =>
    ctx.services.providers.list.map((provider) => ({ id: provider.id, name: provider.name })),
  ),

  /** Whom this browser's sign-in through a provider would be connected to, once their password is given. */
  pendingLink: open.query(({ ctx }) => readLink(ctx)),

  /**
   * Connects that provider to the account, and signs in; the session comes as a cookie. Where `pending` is
   * not null, nothing was done yet: `finishLink` wants what it says.
   */
  link: open
    .input(mutationIdInput.extend({ password: presentedPassword }))
    .mutation(({ ctx, input }) => linkAccount(ctx, input)),

  /** The second step: one of the factors of that account. */
  finishLink: open
    .input(mutationIdInput.and(z.union([shownCode, shownPasskey])))
    .mutation(({ ctx, input }) => finishLink(ctx, input)),

  /** My ways in: whether a password is one, and the providers that are connected. */
  mine: personally.query(async ({ ctx }) => {
    const { db, providers } = ctx.services;
    const { user } = ctx.actor;
    const [account] = await db
      .select({ passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, user.id));
    const rows = await db
      .select({
        id: identities.id,
        provider: identities.provider,
        email: identities.email,
        createdAt: identities.createdAt,
        lastUsedAt: identities.lastUsedAt,
      })
      .from(identities)
      .where(eq(identities.userId, user.id))
      .orderBy(identities.createdAt);
    return {
      password: (await arePasswordsOff(ctx.services, user.email))
        ? ("off" as const)
        : account?.passwordHash
          ? ("set" as const)
          : ("none" as const),
      /** `providerName` is null for one that the server's settings do not name any more. */
      identities: rows.map((row) => ({
        ...row,
        providerName: providers.list.find(({ id }) => id === row.provider)?.name ?? null,
      })),
    };
  }),

  /** Where to go to connect a provider to my account; `to` is a path of the page to come back to. */
  connect: confirmedMutation
    .input(z.object({ provider: z.string().max(40), to: z.string().max(1_000) }))
    .mutation(async ({ ctx, input }) => {
      const begin = { provider: input.provider, returnTo: input.to, for: ctx.actor.user.id };
      return { url: await beginSignIn(ctx, begin).catch(refusalOf(ctx, input.provider)) };
    }),

  disconnect: confirmedMutation
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => disconnectIdentity(ctx, input)),
});
