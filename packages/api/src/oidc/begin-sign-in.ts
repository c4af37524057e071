/**
 * Sends a browser to a provider. Of what protects the way back nothing is kept but hashes: the `state`
 * travels along, and the verifier of PKCE and the nonce are derived from it by our own secret.
 */
import { schema } from "@guildhall/db";
import { and, eq, gt } from "drizzle-orm";
import * as client from "openid-client";
import type { ApiConfig, Context } from "../core/context.ts";
import { deriveSecret, hashSecret, makeSecret } from "../core/secrets.ts";
import { findBrowser, MINUTES, rememberBrowser } from "./browser-cookie.ts";
import { ownPath } from "./own-path.ts";
import { SignInRefused } from "./problems.ts";

const { providerSignIns } = schema;

export type SignInOnItsWay = typeof providerSignIns.$inferSelect;

/**
 * `for`: who connects the provider to their account; null for who signs in. `isAgain`: as a proof of who is
 * at the keyboard, so the provider is asked to let nobody in whom it still knows.
 */
type Begin = {
  provider: string;
  returnTo: string | null | undefined;
  for: string | null;
  isAgain?: boolean;
};

export const callbackOf = ({ publicUrl }: ApiConfig, provider: string) =>
  `${publicUrl}/auth/oidc/${provider}/callback`;

export const secretsOf = ({ jwtSecret }: ApiConfig, state: string) => ({
  pkceCodeVerifier: deriveSecret(jwtSecret, `provider verifier:${state}`),
  expectedNonce: deriveSecret(jwtSecret, `provider nonce:${state}`),
});

/** The provider's page to go to. Throws `SignInRefused` when the provider cannot be reached. */
export async function beginSignIn(ctx: Context, begin: Begin): Promise<string> {
  const { db, config, limits, providers } = ctx.services;
  await limits.providers.take(ctx.client.address);
  const { configuration, provider } = await providers.connect(begin.provider);
  const state = makeSecret();
  await db.insert(providerSignIns).values({
    id: hashSecret(state),
    browser: rememberBrowser(ctx),
    provider: provider.id,
    userId: begin.for,
    isAgain: begin.isAgain ?? false,
    returnTo: ownPath(begin.returnTo),
    expiresAt: new Date(Date.now() + MINUTES * 60_000),
  });
  const { pkceCodeVerifier, expectedNonce } = secretsOf(config, state);
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: callbackOf(config, provider.id),
    scope: provider.scopes,
    state,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    // Asked for by its age, the provider has to say when it was.
    ...(begin.isAgain && { prompt: "login", max_age: "0" }),
  });
  return url.href;
}

export const begunAt = ({ expiresAt }: SignInOnItsWay) =>
  new Date(expiresAt.getTime() - MINUTES * 60_000);

/** Of the browser that began it, at the provider it was begun with, once. */
export async function takeSignIn(
  ctx: Context,
  { provider, state }: { provider: string; state: string },
): Promise<SignInOnItsWay> {
  const browser = findBrowser(ctx);
  const [begun] = browser
    ? await ctx.services.db
        .delete(providerSignIns)
        .where(
          and(
            eq(providerSignIns.id, hashSecret(state)),
            eq(providerSignIns.browser, browser),
            eq(providerSignIns.provider, provider),
            gt(providerSignIns.expiresAt, new Date()),
          ),
        )
        .returning()
    : [];
  if (!begun) throw new SignInRefused("sign_in_lost");
  return begun;
}
