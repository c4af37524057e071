/**
 * Passkeys (WebAuthn), beside a password or instead of it. What the browser is asked to sign is a sealed
 * ticket's challenge, which works once: so whoever opens the page of signing in writes nothing here.
 *
 * They belong to the host under which people reach the page, and answer for that page alone.
 */
import { createHash } from "node:crypto";
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { recordAudit } from "../../audit/record-audit.ts";
import type { ActorContext, Context, Services } from "../../core/context.ts";
import { notFound, refused } from "../../core/errors.ts";
import { makeSecret } from "../../core/secrets.ts";
import { makeTicket, readTicket, useTicket } from "../tickets.ts";
import type { authenticationAnswer, registrationAnswer } from "./passkey-answers.ts";
import { tellFactors } from "./tell.ts";

const { passkeys, users } = schema;

const MOST = 20;
/** Ed25519, ECDSA with P-256, RSA: what authenticators have. */
const ALGORITHMS = [-8, -7, -257];

/** Of a sign-in there may be no person yet: then the passkey says who it is. */
const asked = {
  name: "passkey asked for",
  minutes: 15,
  holds: z.object({ challenge: z.string(), userId: z.string().nullable() }),
};
const added = {
  name: "passkey added",
  minutes: 15,
  holds: z.object({ challenge: z.string(), userId: z.string(), sessionId: z.string() }),
};

const partyOf = ({ config }: Pick<Services, "config">) => {
  const { hostname, origin } = new URL(config.publicUrl);
  return { rpID: hostname, origin };
};

/** Not the account's id itself: it is stored with the passkey, wherever that is copied to. */
const handleOf = (userId: string) =>
  createHash("sha256").update(`passkey of ${userId}`).digest("base64url");

type Passkey = typeof passkeys.$inferSelect;

const descriptor = ({ credentialId: id, transports }: Passkey) => ({
  ...{ id, transports, type: "public-key" as const },
});

/** What a browser signs; `userId`: only with one of this person's, else with any. */
export async function askForPasskey(services: Services, userId: string | null) {
  const challenge = makeSecret();
  const own = userId
    ? await services.db.select().from(passkeys).where(eq(passkeys.userId, userId))
    : [];
  const options = {
    challenge,
    rpId: partyOf(services).rpID,
    allowCredentials: own.map(descriptor),
    userVerification: "required" as const,
    timeout: asked.minutes * 60_000,
  };
  const ticket = makeTicket(services.config.jwtSecret, asked, { challenge, userId });
  return { options, ticket };
}

export type PasskeyAnswer = { ticket: string; answer: z.output<typeof authenticationAnswer> };

/**
 * Whose passkey it is; throws `passkey_refused` when it is none that counts. `userId` as it was asked
 * for. A passkey that counts and has not counted on since may have been copied: it is refused.
 */
export async function checkPasskey(
  ctx: Pick<Context, "services" | "client">,
  shown: PasskeyAnswer,
  userId: string | null,
): Promise<string> {
  const { services } = ctx;
  const ticket = readTicket(services.config.jwtSecret, asked, shown.ticket);
  if (!ticket || ticket.value.userId !== userId) throw tooOld();
  const { rpID, origin } = partyOf(services);
  const { key, isCopied } = await services.db.transaction(async (tx) => {
    if (!(await useTicket(tx, ticket))) throw tooOld();
    const [known] = await tx
      .select()
      .from(passkeys)
      .where(eq(passkeys.credentialId, shown.answer.id))
      .for("update");
    if (!known || (userId && known.userId !== userId)) throw passkeyRefused();
    const result = await verifyAuthenticationResponse({
      response: { ...shown.answer, clientExtensionResults: {} },
      expectedChallenge: ticket.value.challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      credential: {
        id: known.credentialId,
        publicKey: new Uint8Array(known.publicKey),
        // Compared below: whether it was signed at all comes first.
        counter: 0,
      },
    }).catch((error: unknown) => {
      // The library says by its sentence alone what didn't fit; all of it came from outside.
      throw passkeyRefused(error);
    });
    if (!result.verified) throw passkeyRefused();
    const { newCounter: counter } = result.authenticationInfo;
    // One that doesn't count says 0 for ever.
    if (known.counter > 0 && counter <= known.counter) return { key: known, isCopied: true };
    await tx
      .update(passkeys)
      .set({ counter, lastUsedAt: new Date() })
      .where(eq(passkeys.id, known.id));
    return { key: known, isCopied: false };
  });
  if (isCopied) {
    await noteCopy(ctx, key);
    throw passkeyCopied();
  }
  return key.userId;
}

/** Whoever of the two is at the door, its person has to know. */
async function noteCopy({ services, client }: Pick<Context, "services" | "client">, key: Passkey) {
  const [user] = await services.db.select().from(users).where(eq(users.id, key.userId));
  if (!user) return;
  await recordAudit(
    services.db,
    { client },
    { action: "account.passkeyRefused", subject: user, after: { passkey: key.name } },
  );
  void tellFactors(services, user, "passkeyRefused", `It is called “${key.name}”.`);
}

export async function beginPasskey({ services, actor }: ActorContext) {
  const { user, credential: session } = actor;
  const challenge = makeSecret();
  const own = await listKeys(services.db, user.id);
  if (own.length >= MOST) {
    throw refused(
      "too_many",
      `Nothing was added: you already have ${MOST} passkeys. Remove one first.`,
    );
  }
  const options = {
    rp: { name: "Guildhall", id: partyOf(services).rpID },
    user: { id: handleOf(user.id), name: user.email, displayName: user.name },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: "public-key" as const })),
    excludeCredentials: own.map(descriptor),
    authenticatorSelection: {
      ...{ residentKey: "required" as const, requireResidentKey: true },
      userVerification: "required" as const,
    },
    attestation: "none" as const,
    timeout: added.minutes * 60_000,
  };
  const value = { challenge, userId: user.id, sessionId: session.id };
  return { options, ticket: makeTicket(services.config.jwtSecret, added, value) };
}

const listKeys = (q: Queryable, userId: string) =>
  q.select().from(passkeys).where(eq(passkeys.userId, userId));

export type NewPasskey = {
  ticket: string;
  answer: z.output<typeof registrationAnswer>;
  name: string;
};

export async function putPasskey(
  tx: Tx,
  { services, actor }: ActorContext,
  { ticket: text, answer, name }: NewPasskey,
) {
  const { user, credential: session } = actor;
  const ticket = readTicket(services.config.jwtSecret, added, text);
  const isMine = ticket?.value.userId === user.id && ticket.value.sessionId === session.id;
  if (!ticket || !isMine || !(await useTicket(tx, ticket))) throw tooOld();
  const { rpID, origin } = partyOf(services);
  const result = await verifyRegistrationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: ticket.value.challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch((error: unknown) => {
    throw passkeyRefused(error);
  });
  if (!result.verified) throw passkeyRefused();
  const { credential: made, credentialDeviceType } = result.registrationInfo;
  await tx.insert(passkeys).values({
    id: uuidv7(),
    userId: user.id,
    credentialId: made.id,
    name,
    publicKey: made.publicKey,
    counter: made.counter,
    transports: made.transports ?? [],
    isSynced: credentialDeviceType === "multiDevice",
  });
}

export async function dropPasskey(tx: Tx, userId: string, id: string) {
  const gone = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ id: passkeys.id });
  if (gone.length === 0) throw notFound("passkey");
}

export async function renamePasskey(
  { services, actor }: ActorContext,
  { id, name }: { id: string; name: string },
) {
  const renamed = await services.db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, actor.user.id)))
    .returning({ id: passkeys.id, name: passkeys.name });
  const [row] = renamed;
  if (!row) throw notFound("passkey");
  return row;
}

const passkeyCopied = () =>
  refused(
    "passkey_refused",
    "This passkey wasn't accepted: it may have been copied. Sign in another way, remove it in Settings, Security, and add a new one.",
  );

const tooOld = () =>
  refused("passkey_refused", "That took too long, or was sent before. Try again.");

const passkeyRefused = (cause?: unknown) =>
  refused(
    "passkey_refused",
    "This passkey wasn't accepted. It may have been removed, or belong to another server. Try another one, or another way.",
    cause,
  );
