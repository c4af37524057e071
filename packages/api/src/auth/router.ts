import { schema } from "@guildhall/db";
import { and, desc, eq, gt, ne } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import type { FailedTry } from "../core/context.ts";
import { accountDeactivated, notFound, wrongCredentials } from "../core/errors.ts";
import { email, line } from "../core/text.ts";
import {
  authed,
  mutation,
  mutationIdInput,
  open,
  personally,
  personalMutation,
  router,
} from "../core/trpc.ts";
import { write } from "../core/write.ts";
import { changePassword, updateProfile } from "./account.ts";
import { allowApp, appToAllow, redeemCode, shownCodeOfApp } from "./apps/app-sign-in.ts";
import { closeAccount } from "./closing/close-account.ts";
import { findWayIn } from "./closing/find-way-in.ts";
import { readClosing } from "./closing/owned-alone.ts";
import { reopenAccount } from "./closing/reopen-account.ts";
import { confirmByPassword, confirmedMutation } from "./confirmation.ts";
import { confirmEmailChange, requestEmailChange, undoEmailChange } from "./email/change-email.ts";
import { confirmEmail, readEmailState, sendConfirmation } from "./email/confirm-email.ts";
import { findEndOfSession } from "./end-of-session.ts";
import { passkeyProcedures } from "./factors/passkey-procedures.ts";
import { isKnownDevice } from "./known-devices.ts";
import { mySignals } from "./my-signals.ts";
import { requirePasswords } from "./passwords/password-off.ts";
import { checkPassword, newPassword, presentedPassword } from "./passwords/passwords.ts";
import { forgotPassword, resetPassword } from "./passwords/reset-password.ts";
import { shownCode, ticket } from "./shown-factor.ts";
import { finishSignIn, goOnSigningIn, openSession } from "./sign-in.ts";
import { hasAccounts } from "./sign-up/create-account.ts";
import { register } from "./sign-up/register.ts";
import { readPendingSignUp, requestSignUp } from "./sign-up/sign-up-by-mail.ts";

const { users, sessions: sessionTable } = schema;

const endedSessions = (user: { id: string; name: string }, sessions: number) =>
  ({ action: "account.sessionsEnded", subject: user, after: { sessions } }) as const;

/** What the last sign-in on this device was answered as its `device`. */
const device = z.string().max(400).optional();
/** The secret of an invitation's link. */
const invitation = z.string().max(100).optional();
const credentials = mutationIdInput.extend({ email, password: presentedPassword, device });

export const authRouter = router({
  ...passkeyProcedures,

  register: open
    .input(
      mutationIdInput.extend({
        email,
        password: newPassword,
        name: line(100).optional(),
        invitation,
        /** Out of the link that `requestSignUp` has mailed. */
        token: ticket.optional(),
        device,
      }),
    )
    .mutation(async ({ ctx, input }) =>
      openSession(ctx, await register(ctx, input), { by: "password", device: input.device }),
    ),

  /** Mails a link to sign up by; where there is an account already, the mail says that, and nothing else. */
  requestSignUp: open
    .input(mutationIdInput.extend({ email, invitation }))
    .mutation(({ ctx, input }) => requestSignUp(ctx, input)),

  /** Whose address the link was mailed to. */
  pendingSignUp: open
    .input(z.object({ token: ticket }))
    .query(({ ctx, input }) => readPendingSignUp(ctx, input.token)),

  /**
   * `token` opens everything; where it is null, `finishSignIn` wants what `pending` says, or the account is
   * closed and `reopenAccount` opens it again.
   */
  login: open.input(credentials).mutation(async ({ ctx, input }) => {
    const { config, db, limits, failedSignIns } = ctx.services;
    await requirePasswords(ctx.services, input.email);
    const [user] = await db.select().from(users).where(eq(users.email, input.email));
    const tried = {
      email: input.email,
      address: ctx.client.address,
      isKnownDevice: isKnownDevice(config, user?.id, input.device),
    };
    const failed = (reason: FailedTry["reason"]) =>
      failedSignIns.note({ client: ctx.client, account: user ?? null, reason });
    await limits.login.take(tried).catch((error: unknown) => {
      failed("too_many_tries");
      throw error;
    });
    const fits = await checkPassword(input.password, user?.passwordHash ?? null, config);
    if (!user || !fits) {
      failed("password");
      throw wrongCredentials();
    }
    await limits.login.forget(tried);
    // Only to whoever knows the password.
    if (user.deactivatedAt) {
      failed("deactivated");
      throw accountDeactivated();
    }
    return goOnSigningIn(ctx, user, input.device);
  }),

  /** The second step of a sign-in: a code of the app, or one of the recovery codes. */
  finishSignIn: open
    .input(mutationIdInput.and(shownCode))
    .mutation(({ ctx, input }) => finishSignIn(ctx, input)),

  /** From the browser: lets an app on my computer sign in as me. The code goes to the app, for two minutes. */
  allowApp: personalMutation.input(appToAllow).mutation(({ ctx, input }) => allowApp(ctx, input)),

  /** From the app: with the code and the secret whose hash the browser brought, a session. */
  redeemAppCode: open
    .input(mutationIdInput.extend({ ...shownCodeOfApp.shape, device }))
    .mutation(({ ctx, input }) => redeemCode(ctx, { ...input, device: input.device })),

  /**
   * Who was answered `closed` comes back. Where `token` is null their provider signs them in: their browser
   * goes there.
   */
  reopenAccount: open.input(mutationIdInput.extend({ ticket })).mutation(async ({ ctx, input }) => {
    await ctx.services.limits.strangers.take(ctx.client.address);
    const { user, how } = await reopenAccount(ctx, input.ticket);
    if (how.by !== "provider") return openSession(ctx, user, how);
    return { token: null, goTo: await findWayIn(ctx, user.id) };
  }),

  /** What stands in the way of closing my account, and what goes with it. */
  closing: personally.query(({ ctx }) => readClosing(ctx.services.db, ctx.actor.user.id)),

  /** At once nothing opens it any more; for 14 days a sign-in can open it again, then it is erased. */
  closeAccount: confirmedMutation
    .input(z.object({ email, keepsName: z.boolean() }))
    .mutation(({ ctx, input }) => closeAccount(ctx, input)),

  /** Proves that it is me, for some minutes: what changes how I sign in asks for that. */
  confirm: personalMutation
    .input(z.object({ password: presentedPassword }))
    .mutation(({ ctx, input }) => confirmByPassword(ctx, input.password)),

  /**
   * Ends the session that asks. Asking again changes nothing. `goTo`: where the browser of somebody who came
   * by a provider goes to end their session there too.
   */
  logout: open.input(mutationIdInput.optional()).mutation(async ({ ctx }) => {
    const actor = await ctx.findActor();
    let goTo: string | null = null;
    if (actor?.credential.kind === "session") {
      goTo = await findEndOfSession(ctx.services, actor.credential.id);
      await ctx.services.sessions.close(actor.credential.id);
      const asActor = { actor, client: ctx.client };
      const entry = { action: "account.signedOut", subject: actor.user } as const;
      await recordAudit(ctx.services.db, asActor, entry);
      ctx.services.signals.notifyUser(actor.user.id);
    }
    for (const cookie of ctx.services.sessions.blankCookies()) ctx.setCookie?.(cookie);
    return { signedOut: true as const, goTo };
  }),

  /**
   * What the page of strangers needs to know: whether there is a way in without an invitation, and
   * whether nobody has an account yet. After the first account it says nothing of any other.
   */
  registration: open.query(async ({ ctx }) => {
    const { registration, registrationDomains } = await ctx.services.settings.read();
    const isFirst = !(await hasAccounts(ctx.services.db));
    return {
      open: isFirst || registration === "open",
      /** Not even with an invitation. */
      closed: !isFirst && registration === "closed",
      /** Whose addresses may sign up without an invitation; empty: all. */
      domains: isFirst ? [] : registrationDomains,
      /** By a link that is mailed to the address: `requestSignUp`. */
      isByMail: !isFirst && ctx.services.config.sendsMail,
      isFirst,
    };
  }),

  me: authed.query(({ ctx }) => ctx.actor.user),

  updateProfile: mutation
    .input(z.object({ name: line(100) }))
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),

  changePassword: confirmedMutation
    .input(
      z.object({
        newPassword,
        /** Revokes every access token too: whoever knew the old password may have made one. */
        revokeTokens: z.boolean().default(false),
      }),
    )
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  /** Mails a link to the new address, which becomes mine when I open it; the old one can undo it. */
  requestEmailChange: confirmedMutation
    .input(z.object({ email }))
    .mutation(({ ctx, input }) => requestEmailChange(ctx, input.email)),
  confirmEmailChange: personalMutation
    .input(z.object({ token: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => confirmEmailChange(ctx, input.token)),
  /** "This wasn't me", from the old address: it stays or comes back, and every session ends. */
  undoEmailChange: open
    .input(mutationIdInput.extend({ token: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => undoEmailChange(ctx, input.token)),

  /** Always the same answer, at once, whether or not there is such an account. */
  forgotPassword: open.input(mutationIdInput.extend({ email })).mutation(async ({ ctx, input }) => {
    await ctx.services.limits.strangers.take(ctx.client.address);
    await requirePasswords(ctx.services, input.email);
    forgotPassword(ctx, input.email);
    return { sent: true as const };
  }),

  resetPassword: open
    .input(mutationIdInput.extend({ token: z.string().min(1).max(100), password: newPassword }))
    .mutation(async ({ ctx, input }) => {
      await ctx.services.limits.strangers.take(ctx.client.address);
      await resetPassword(ctx, input);
      return { changed: true as const };
    }),

  /** Whether my address is known to be mine, and whether this server sends mail. */
  emailState: authed.query(({ ctx }) => readEmailState(ctx)),
  sendConfirmation: personalMutation.mutation(({ ctx }) => sendConfirmation(ctx)),
  /** `token`: out of the link that was mailed to the address of whoever is signed in. */
  confirmEmail: personalMutation
    .input(z.object({ token: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }) => confirmEmail(ctx, input.token)),

  /** That something of mine that is in no workspace's feed may have changed: ask again. */
  onMine: authed.subscription(({ ctx, signal }) =>
    mySignals(ctx, signal ?? new AbortController().signal),
  ),

  /** Where I am signed in; `current` is the session that asks. */
  sessions: personally.query(async ({ ctx }) => {
    const rows = await ctx.services.db
      .select()
      .from(sessionTable)
      .where(
        and(eq(sessionTable.userId, ctx.actor.user.id), gt(sessionTable.expiresAt, new Date())),
      )
      .orderBy(desc(sessionTable.createdAt));
    return rows.map(({ userId: _, ...row }) => ({
      ...row,
      current: row.id === ctx.actor.credential.id,
    }));
  }),

  revokeSession: personalMutation
    .input(z.object({ id: z.string().length(64) }))
    .mutation(async ({ ctx, input }) => {
      const { user } = ctx.actor;
      const answer = await write(ctx, null, async (tx) => {
        const [gone] = await tx
          .delete(sessionTable)
          .where(and(eq(sessionTable.id, input.id), eq(sessionTable.userId, user.id)))
          .returning({ id: sessionTable.id });
        if (!gone) throw notFound("session");
        await recordAudit(tx, ctx, endedSessions(user, 1));
        return gone;
      });
      ctx.services.signals.notifyUser(user.id);
      return answer;
    }),

  revokeOtherSessions: personalMutation.mutation(async ({ ctx }) => {
    const { user, credential } = ctx.actor;
    const answer = await write(ctx, null, async (tx) => {
      const gone = await tx
        .delete(sessionTable)
        .where(and(eq(sessionTable.userId, user.id), ne(sessionTable.id, credential.id)))
        .returning({ id: sessionTable.id });
      await recordAudit(tx, ctx, endedSessions(user, gone.length));
      return { ended: gone.length };
    });
    ctx.services.signals.notifyUser(user.id);
    return answer;
  }),
});
