/**
 * Six digits that an app shows, another six every 30 seconds (RFC 6238). A clock may be one step off
 * either way; a step that was used, and those before it, never count again.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, lt } from "drizzle-orm";
import { generateSecret, generateURI, verifySync } from "otplib";
import { z } from "zod";
import type { ActorContext, Services } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { seal, unseal } from "../../core/secrets.ts";
import { makeTicket, readTicket } from "../tickets.ts";

const { authenticatorApps } = schema;

const SEAL = "authenticator app";
const STEP_SECONDS = 30;

export const appCode = z
  .string()
  .transform((typed) => typed.replaceAll(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "A code has six digits."));

/** The step that the code is of; null when it is of none that counts. */
function stepOf(secret: string, code: string, after: number): number | null {
  const found = verifySync({
    strategy: "totp",
    secret,
    token: code,
    period: STEP_SECONDS,
    epochTolerance: STEP_SECONDS,
  });
  if (!found.valid || !("timeStep" in found) || found.timeStep <= after) return null;
  return found.timeStep;
}

const setup = {
  name: "set up authenticator app",
  minutes: 30,
  holds: z.object({ userId: z.string(), secret: z.string() }),
};

/** Nothing is kept until a code of it was given: an app that was not set up locks nobody out. */
export function beginApp({ services, actor }: ActorContext) {
  const { config } = services;
  const secret = generateSecret();
  const issuer = `Guildhall (${new URL(config.publicUrl).host})`;
  return {
    /** For who cannot scan: base32, as apps take it. */
    secret,
    /** What a QR code of it holds. */
    uri: generateURI({ issuer, label: actor.user.email, secret }),
    ticket: makeTicket(config.jwtSecret, setup, { userId: actor.user.id, secret }),
  };
}

/** In place of the one that there may be. */
export async function putApp(
  tx: Tx,
  { services, actor }: ActorContext,
  input: { ticket: string; code: string },
) {
  const key = services.config.jwtSecret;
  const begun = readTicket(key, setup, input.ticket);
  if (begun?.value.userId !== actor.user.id) {
    throw refused(
      "setup_expired",
      "Nothing was changed: this setup is more than 30 minutes old. Start again with a new QR code.",
    );
  }
  const lastStep = stepOf(begun.value.secret, input.code, 0);
  if (lastStep === null) throw wrongCode();
  const row = { sealedSecret: seal(key, SEAL, begun.value.secret), lastStep };
  await tx
    .insert(authenticatorApps)
    .values({ userId: actor.user.id, ...row })
    .onConflictDoUpdate({
      target: authenticatorApps.userId,
      set: { ...row, createdAt: new Date(), lastUsedAt: null },
    });
}

/** Uses the code up; false when it is none that counts. */
export async function checkApp({ db, config }: Services, userId: string, code: string) {
  const [app] = await db
    .select()
    .from(authenticatorApps)
    .where(eq(authenticatorApps.userId, userId));
  const secret = app && unseal(config.jwtSecret, SEAL, app.sealedSecret);
  const step = secret ? stepOf(secret, code, app.lastStep) : null;
  if (step === null) return false;
  // Of two who show the same code at once, one is the first.
  const used = await db
    .update(authenticatorApps)
    .set({ lastStep: step, lastUsedAt: new Date() })
    .where(and(eq(authenticatorApps.userId, userId), lt(authenticatorApps.lastStep, step)))
    .returning({ userId: authenticatorApps.userId });
  return used.length > 0;
}

export const wrongCode = () =>
  refused(
    "wrong_code",
    "That code isn't right, or was already used. Check that your device's clock is right and wait for the next code.",
  );
