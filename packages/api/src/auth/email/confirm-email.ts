/**
 * Whether an address is a person's own: a link that was mailed to it is opened by them.
 *
 * Anybody can make an account with any address, and the mail then reaches its owner, who may open the
 * link. So the link alone confirms nothing: whoever opens it has to be signed in to that very account.
 * It is signed, not stored; a new one is as good as an earlier one.
 */
import { timingSafeEqual } from "node:crypto";
import { schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import type { ActorContext, Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { deriveSecret } from "../../core/secrets.ts";
import { readPendingEmail } from "./change-email.ts";

const { users } = schema;

const DAYS = 7;
type User = { id: string; email: string };

const sign = ({ config }: Pick<Services, "config">, { id, email }: User, until: number) =>
  deriveSecret(config.jwtSecret, `confirm:${id}:${email}:${until}`);

export async function readEmailState({ services, actor }: ActorContext) {
  const [row] = await services.db
    .select({ at: users.emailVerifiedAt })
    .from(users)
    .where(eq(users.id, actor.user.id));
  return {
    isConfirmed: Boolean(row?.at),
    isMailed: services.config.sendsMail,
    /** Another address, whose link was not opened yet. */
    pendingEmail: await readPendingEmail(services.db, actor.user.id),
  };
}

/** A failure to send is logged for the operator; the person asks again. */
export async function mailConfirmation(services: Services, user: User): Promise<void> {
  const { config } = services;
  const until = Date.now() + DAYS * 24 * 60 * 60_000;
  const link = `${config.publicUrl}/confirm-email?token=${until}.${sign(services, user, until)}`;
  await config
    .sendMail({
      to: user.email,
      subject: "Confirm your address for Guildhall",
      text: `Open this link within ${DAYS} days to confirm that this is your address:\n\n${link}\n\nIf you didn't create an account, ignore this email.`,
    })
    .catch((error) => config.log.error({ err: error }, "address confirmation was not mailed"));
}

export async function sendConfirmation(ctx: ActorContext) {
  const { services, actor } = ctx;
  const state = await readEmailState(ctx);
  if (state.isConfirmed) return state;
  await services.limits.confirmations.take(actor.user.id);
  await mailConfirmation(services, actor.user);
  return state;
}

/** Opening the link again changes nothing. */
export async function confirmEmail({ services, actor }: ActorContext, token: string) {
  const { user } = actor;
  const [until = "", given = ""] = token.split(".", 2);
  const [wanted, got] = [sign(services, user, Number(until)), given].map((part) =>
    Buffer.from(part),
  );
  const isRight = wanted && got?.length === wanted.length && timingSafeEqual(got, wanted);
  if (!isRight || Number(until) <= Date.now()) {
    throw refused(
      "link_expired",
      `Your address wasn't confirmed: this link is older than ${DAYS} days, or is for another account than ${user.email}. Sign in with that account, or send a new link.`,
    );
  }
  await services.db
    .update(users)
    .set({ emailVerifiedAt: new Date() })
    .where(and(eq(users.id, user.id), eq(users.email, user.email)));
  services.signals.notifyUser(user.id);
  return { isConfirmed: true as const };
}
