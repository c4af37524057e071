/**
 * From a right password to a session. Who has a second factor gets a sealed ticket first, which opens
 * nothing: it only says, for some minutes, that this password was given. With it a factor is shown, and
 * only then is there a session. A new password makes it worthless.
 */
import { type Db, schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context, SessionStart } from "../core/context.ts";
import { accountDeactivated, notFound, refused } from "../core/errors.ts";
import { askToReopen, markOf } from "./closing/reopen-account.ts";
import { checkApp, wrongCode } from "./factors/authenticator-app.ts";
import { checkPasskey, type PasskeyAnswer } from "./factors/passkeys.ts";
import { countRecoveryCodes, useRecoveryCode } from "./factors/recovery-codes.ts";
import { readFactors } from "./factors/state.ts";
import { tellFactors } from "./factors/tell.ts";
import { isKnownDevice, rememberDevice } from "./known-devices.ts";
import { requirePasswords } from "./passwords/password-off.ts";
import { makeTicket, readTicket } from "./tickets.ts";

const { users } = schema;

type User = { id: string; email: string; name: string };
type UserRow = typeof users.$inferSelect;

/** By what somebody shows that an account is theirs, as it was when they were asked. */
type Shown = Pick<UserRow, "passwordHash" | "secondFactorAt">;

/**
 * A new password or a first factor ends all sessions that there are, and would miss one that is opened in the
 * same moment by what held before. So this is asked once it is there, and waits for who changes it just now.
 */
async function holdsStill(db: Db, id: string, { passwordHash, secondFactorAt }: Partial<Shown>) {
  if (passwordHash === undefined) return true;
  const [now] = await db
    .select({ passwordHash: users.passwordHash, secondFactorAt: users.secondFactorAt })
    .from(users)
    .where(eq(users.id, id))
    .for("share");
  return (
    now?.passwordHash === passwordHash &&
    now.secondFactorAt?.getTime() === secondFactorAt?.getTime()
  );
}

const signInExpired = () =>
  refused("sign_in_expired", "This sign-in took too long. Enter your password again.");

/** Opens the session, as a cookie for the page and as a token for everyone else. */
export async function openSession(
  ctx: Context,
  { id, email, name, ...shown }: User & Partial<Shown>,
  how: SessionStart & { device: string | undefined },
) {
  const { sessions, db } = ctx.services;
  const { id: sessionId, secret, cookie } = await sessions.open(id, ctx.client, how);
  if (!(await holdsStill(db, id, shown))) {
    await sessions.close(sessionId);
    throw signInExpired();
  }
  const user = { id, email, name };
  await recordAudit(
    ctx.services.db,
    { actor: { user, credential: { kind: "session", id: "" } }, client: ctx.client },
    { action: "account.signedIn", subject: user, after: { method: how.by } },
  );
  ctx.setCookie?.(cookie);
  const device = rememberDevice(ctx.services.config, id, how.device);
  return { token: secret, user, device, pending: null, closed: null };
}

/** Who has shown all that a sign-in wants: a session; or, of a closed account, what it takes to open it again. */
export async function enter(
  ctx: Context,
  user: UserRow,
  how: SessionStart & { device: string | undefined },
) {
  const closed = askToReopen(ctx, user, how);
  return closed ? { token: null, pending: null, closed } : openSession(ctx, user, how);
}

const passwordGiven = {
  name: "password given",
  minutes: 10,
  holds: z.object({ userId: z.string(), password: z.string(), device: z.string().optional() }),
};

/** After the right password: a session, or what the next step needs. */
export async function goOnSigningIn(ctx: Context, user: UserRow, device: string | undefined) {
  const pending = await pendingOf(ctx, user, device);
  if (!pending) return enter(ctx, user, { by: "password", device });
  return { token: null, pending, closed: null };
}

/** What the next step after the right password needs; null for who has no second factor. */
export async function pendingOf({ services }: Context, user: UserRow, device?: string) {
  if (!user.secondFactorAt) return null;
  const { config, db } = services;
  const { app, passkeys, recoveryCodesLeft } = await readFactors(db, user.id);
  const value = { userId: user.id, password: markOf(user), device };
  return {
    ticket: makeTicket(config.jwtSecret, passwordGiven, value),
    /** What this person can show. */
    hasApp: app !== null,
    hasPasskey: passkeys.length > 0,
    hasRecoveryCodes: recoveryCodesLeft > 0,
  };
}

/** Whose password was given, if that still holds. */
export async function readPending({ services }: Context, text: string) {
  const ticket = readTicket(services.config.jwtSecret, passwordGiven, text);
  const [user] = ticket
    ? await services.db.select().from(users).where(eq(users.id, ticket.value.userId))
    : [];
  if (!ticket || !user || markOf(user) !== ticket.value.password) {
    throw signInExpired();
  }
  return { user, device: ticket.value.device };
}

type ByPasskey = {
  passkey: PasskeyAnswer;
  pending?: string | undefined;
  device?: string | undefined;
};

/** A passkey is two factors in one: it is had, and its device asks who it is. */
export async function signInByPasskey(ctx: Context, { passkey, pending, device }: ByPasskey) {
  const known = pending ? await readPending(ctx, pending) : null;
  const user = await demandPasskey(ctx, passkey, known?.user ?? null);
  await requirePasswords(ctx.services, user.email);
  return enter(ctx, user, {
    by: known ? "password" : "passkey",
    hasPassedFactor: true,
    device: known?.device ?? device,
  });
}

/** Whose it is: `known`'s, or anybody's. */
async function demandPasskey(ctx: Context, passkey: PasskeyAnswer, known: UserRow | null) {
  const { services, client } = ctx;
  const userId = await checkPasskey(ctx, passkey, known?.id ?? null).catch((error) => {
    services.failedSignIns.note({ client, account: known, reason: "second_factor" });
    throw error;
  });
  const [user] = await services.db.select().from(users).where(eq(users.id, userId));
  if (!user) throw notFound("account");
  if (user.deactivatedAt) throw accountDeactivated();
  return user;
}

type Code = { appCode: string } | { recoveryCode: string };

export async function finishSignIn(ctx: Context, shown: { pending: string } & Code) {
  const { user, device } = await passFactor(ctx, shown);
  return enter(ctx, user, { by: "password", hasPassedFactor: true, device });
}

export type ShownFactor = { pending: string } & (Code | { passkey: PasskeyAnswer });

/** The second step, whatever it is for: whose password was given, when the factor shown is theirs too. */
export async function passFactor(ctx: Context, shown: ShownFactor) {
  const { services, client } = ctx;
  const { user, device } = await readPending(ctx, shown.pending);
  if (user.deactivatedAt) throw accountDeactivated();
  if ("passkey" in shown) return { user: await demandPasskey(ctx, shown.passkey, user), device };
  const tried = {
    email: user.email,
    address: client.address,
    isKnownDevice: isKnownDevice(services.config, user.id, device),
  };
  try {
    await services.limits.factors.take(tried);
    if ("appCode" in shown) await demandAppCode(services, user.id, shown.appCode);
    else await spendRecoveryCode(ctx, user, shown.recoveryCode);
  } catch (error) {
    services.failedSignIns.note({ client, account: user, reason: "second_factor" });
    throw error;
  }
  await services.limits.factors.forget(tried);
  return { user, device };
}

async function demandAppCode(services: Context["services"], userId: string, code: string) {
  if (!(await checkApp(services, userId, code))) throw wrongCode();
}

async function spendRecoveryCode({ services, client }: Context, user: User, code: string) {
  if (!(await useRecoveryCode(services.db, user.id, code))) {
    throw refused(
      "wrong_code",
      "That recovery code isn't right, or was already used. Each code works once.",
    );
  }
  const left = await countRecoveryCodes(services.db, user.id);
  await recordAudit(
    services.db,
    { actor: { user }, client },
    { action: "account.recoveryCodeUsed", subject: user, after: { left } },
  );
  // Nobody waits for a mail server.
  void tellFactors(
    services,
    user,
    "codeUsed",
    `${left} of your codes ${left === 1 ? "is" : "are"} left.`,
  );
}
