/**
 * Signs an app on somebody's computer in by their browser, where they are or sign in by whatever way this
 * server has (RFC 8252). The browser gets a code and brings it to the app over that computer's own network.
 *
 * Another program of the computer may overhear that. So the code is worth nothing by itself: the app has made a
 * secret beforehand, the browser brought only its hash, and whoever redeems the code shows the secret (RFC 7636).
 * It is good for two minutes and once, also for who fails, and only while the session that gave it is open.
 *
 * The app's session is a copy of that one in what was shown for it: it has passed a second factor if that has,
 * and ends with the provider's session if that does.
 */
import { createHash } from "node:crypto";
import { schema } from "@guildhall/db";
import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "../../audit/record-audit.ts";
import type { ActorContext, Context } from "../../core/context.ts";
import { accountDeactivated, refused } from "../../core/errors.ts";
import { hashSecret } from "../../core/secrets.ts";
import { line } from "../../core/text.ts";
import { openSession } from "../sign-in.ts";
import { makeTicket, readTicket, useTicket } from "../tickets.ts";

const { providerSessions, sessions, users } = schema;

const appAllowed = {
  name: "app allowed to sign in",
  minutes: 2,
  holds: z.object({ sessionId: z.string(), challenge: z.string() }),
};

/** `challenge`: SHA-256 of the app's secret, as base64url. The rest is the app's own word, for its person to read. */
export const appToAllow = z.object({
  challenge: z.string().regex(/^[\w-]{43}$/),
  app: line(100),
  computer: line(100),
});
type AppToAllow = z.infer<typeof appToAllow>;

export const shownCodeOfApp = z.object({
  code: z.string().min(1).max(2_000),
  verifier: z.string().regex(/^[\w.~-]{43,128}$/),
});
type ShownCode = z.infer<typeof shownCodeOfApp> & { device: string | undefined };

/** The code for the app, to be brought there at once. */
export async function allowApp(ctx: ActorContext, { challenge, app, computer }: AppToAllow) {
  const { services, actor } = ctx;
  await recordAudit(services.db, ctx, {
    ...{ action: "account.appAllowed", subject: actor.user, after: { app, computer } },
  });
  const value = { sessionId: actor.credential.id, challenge };
  return { code: makeTicket(services.config.jwtSecret, appAllowed, value) };
}

const tooLate = () =>
  refused(
    "sign_in_expired",
    "This sign-in took too long, or was already used. Start it again in the app.",
  );

export async function redeemCode(ctx: Context, { code, verifier, device }: ShownCode) {
  const { config, db, limits } = ctx.services;
  await limits.strangers.take(ctx.client.address);
  const ticket = readTicket(config.jwtSecret, appAllowed, code);
  if (!ticket || !(await db.transaction((tx) => useTicket(tx, ticket)))) throw tooLate();
  const { sessionId, challenge } = ticket.value;
  if (createHash("sha256").update(verifier).digest("base64url") !== challenge) throw tooLate();
  const [found] = await db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, new Date())));
  if (!found || found.user.closedAt) throw tooLate();
  const { session, user } = found;
  if (user.deactivatedAt) throw accountDeactivated();
  const answer = await openSession(ctx, user, {
    by: session.authenticatedBy,
    hasPassedFactor: session.factorAt !== null,
    authenticatedAt: session.confirmedAt,
    device,
  });
  await followProvider(ctx, sessionId, hashSecret(answer.token));
  return answer;
}

/** What ends the one at the provider ends the other. */
async function followProvider({ services: { db } }: Context, of: string, sessionId: string) {
  const [begun] = await db
    .select()
    .from(providerSessions)
    .where(eq(providerSessions.sessionId, of));
  if (begun) await db.insert(providerSessions).values({ ...begun, sessionId });
}
