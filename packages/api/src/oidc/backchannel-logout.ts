/**
 * A provider orders that sessions end (OpenID Connect Back-Channel Logout 1.0): those of a person, or
 * those that belong to one session there. The token that orders it comes from anybody who knows the
 * address, so nothing of it counts before its signature.
 */
import { schema } from "@guildhall/db";
import { and, eq, inArray, type SQL } from "drizzle-orm";
import { jwtVerify } from "jose";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context } from "../core/context.ts";
import { hashSecret } from "../core/secrets.ts";
import type { ProviderConnection } from "./connections.ts";
import { type Claims, claimAt, text } from "./read-claims.ts";

const { identities, providerSessions, sessions, usedOnce, users } = schema;

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
];
/** An order is for now. */
const MAX_AGE_SECONDS = 120;
/** For longer than a token is taken, whatever its clock says. */
const REMEMBERED_MS = 60 * 60_000;

/** The token orders nothing: forged, for somebody else, too old, or not of this kind. */
export class NoOrder extends Error {}

type Order = { issuer: string; jti: string; subject: string | null; sid: string | null };

export async function logOutByOrder({ services, client }: Context, id: string, token: string) {
  const connection = await services.providers.connect(id);
  const order = await readOrder(connection, token);
  const ended = await services.db.transaction(async (tx) => {
    const [isNew] = await tx
      .insert(usedOnce)
      .values({
        id: hashSecret(`${order.issuer} ${order.jti}`),
        expiresAt: new Date(Date.now() + REMEMBERED_MS),
      })
      .onConflictDoNothing()
      .returning();
    if (!isNew) throw new NoOrder("It was carried out before.");
    const named = tx
      .select({ id: providerSessions.sessionId })
      .from(providerSessions)
      .innerJoin(identities, eq(identities.id, providerSessions.identityId))
      .where(whichOf(order));
    const gone = await tx
      .delete(sessions)
      .where(inArray(sessions.id, named))
      .returning({ userId: sessions.userId });
    const ids = gone.map(({ userId }) => userId);
    const people = await tx
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(inArray(users.id, ids));
    for (const subject of people) {
      const ofThem = ids.filter((userId) => userId === subject.id).length;
      const after = { provider: connection.provider.name, sessions: ofThem };
      await recordAudit(tx, { client }, { action: "account.endedByProvider", subject, after });
    }
    return people;
  });
  for (const person of ended) services.signals.notifyUser(person.id);
}

function whichOf({ issuer, subject, sid }: Order): SQL | undefined {
  return and(
    eq(identities.issuer, issuer),
    subject === null ? undefined : eq(identities.subject, subject),
    sid === null ? undefined : eq(providerSessions.sid, sid),
  );
}

async function readOrder({ provider, configuration, keys }: ProviderConnection, token: string) {
  const { issuer } = configuration.serverMetadata();
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    ...{ issuer, audience: provider.clientId, algorithms: ALGORITHMS },
    maxTokenAge: MAX_AGE_SECONDS,
    clockTolerance: provider.clockTolerance,
    requiredClaims: ["iat", "jti", "events"],
  }).catch((cause: unknown) => {
    throw new NoOrder("It isn't a valid token of this provider for this client.", { cause });
  });
  const type = protectedHeader.typ?.toLowerCase();
  if (type !== undefined && type !== "logout+jwt" && type !== "jwt")
    throw new NoOrder("It is of another kind.");
  return orderIn(payload, issuer);
}

function orderIn(claims: Claims, issuer: string): Order {
  const [subject, sid, jti] = [text(claims.sub), text(claims.sid), text(claims.jti)];
  const events = claims.events;
  const event = typeof events === "object" && events !== null && (events as Claims)[EVENT];
  if (typeof event !== "object" || event === null) throw new NoOrder("It isn't about a log-out.");
  // An ID token has one, and must never pass as an order.
  if (claimAt(claims, "nonce") !== undefined) throw new NoOrder("It has a nonce.");
  if (!jti || (!subject && !sid)) throw new NoOrder("It doesn't say whom it is about.");
  return { issuer, jti, subject, sid };
}
