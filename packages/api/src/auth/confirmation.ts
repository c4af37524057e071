/**
 * Some changes ask for a proof that the person at the keyboard is the one who signed in: who finds a
 * computer unlocked must not take the account over. Signing in is such a proof, as is the password or a
 * passkey given again; it is noted with the session and holds for some minutes, by the database's clock.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, sql } from "drizzle-orm";
import type { ActorContext } from "../core/context.ts";
import { refused, signInFirst } from "../core/errors.ts";
import { personalMutation } from "../core/trpc.ts";
import { listRequiring } from "./factors/state.ts";
import { checkPassword } from "./passwords/passwords.ts";

const { sessions, users } = schema;

const MINUTES = 10;

/** A mutation of a session whose person has just proved that it is them. */
export const confirmedMutation = personalMutation.use(async ({ ctx, next }) => {
  await requireConfirmed(ctx);
  return next();
});

/** Refuses who has not, on the session that asks. */
export async function requireConfirmed({ services, actor }: ActorContext): Promise<void> {
  const recent = sql`${sessions.confirmedAt} > now() - make_interval(mins => ${MINUTES})`;
  const { id } = actor.credential;
  const confirmed = await services.db.$count(sessions, and(eq(sessions.id, id), recent));
  if (confirmed === 0) {
    throw refused(
      "confirmation_needed",
      "Nothing was changed: confirm that it's you, with your password or a passkey, and try again.",
    );
  }
}

/**
 * And whose session has passed a second factor, if they have one or some workspace of theirs wants it:
 * what this makes opens the account without being asked for one.
 */
export const factorMutation = confirmedMutation.use(async ({ ctx, next }) => {
  const { db } = ctx.services;
  const { user, credential } = ctx.actor;
  const [asks] = await db
    .select({ has: users.secondFactorAt, passed: sessions.factorAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, credential.id));
  const isRequired = asks?.has || (await listRequiring(db, user.id)).length > 0;
  if (isRequired && !asks?.passed) {
    throw refused(
      "second_factor_needed",
      asks?.has
        ? "Nothing was changed: sign out, and sign in again with your second factor."
        : "Nothing was changed: set up a second factor first, in Settings, Security.",
    );
  }
  return next();
});

/** From now on, for some minutes. */
export async function noteConfirmation({ services, actor }: ActorContext) {
  await services.db
    .update(sessions)
    .set({ confirmedAt: sql`now()` })
    .where(eq(sessions.id, actor.credential.id));
  return { confirmed: true as const };
}

export async function confirmByPassword(ctx: ActorContext, password: string) {
  const { services, actor, client } = ctx;
  const { config, db, limits } = services;
  // Whoever is signed in is on a device that is known.
  const tried = { email: actor.user.email, address: client.address, isKnownDevice: true };
  await limits.login.take(tried);
  const [known] = await db
    .select({ hash: users.passwordHash })
    .from(users)
    .where(eq(users.id, actor.user.id));
  if (!(await checkPassword(password, known?.hash ?? null, config))) {
    throw refused("wrong_password", "Nothing was changed: that isn't your password.");
  }
  await limits.login.forget(tried);
  return noteConfirmation(ctx);
}

/**
 * What a session makes that opens the account by itself is made while the session is there: who ends all of
 * them, as with a new password, ends that too, and not all but what was under way. Behind the row of the person,
 * where that is changed, as whoever ends sessions does.
 */
export async function holdSession(tx: Tx, { actor }: Pick<ActorContext, "actor">): Promise<void> {
  const [held] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.id, actor.credential.id))
    .for("key share");
  if (!held) throw signInFirst();
}
