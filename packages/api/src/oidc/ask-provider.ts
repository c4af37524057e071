/** Exchanges the code that a browser came back with for what the provider says of the person. */
import { compactVerify, errors as joseErrors } from "jose";
import * as client from "openid-client";
import type { ApiConfig, IdentityProvider } from "../core/context.ts";
import { email as emailSchema } from "../core/text.ts";
import { callbackOf, secretsOf } from "./begin-sign-in.ts";
import type { ProviderConnection } from "./connections.ts";
import { SignInRefused } from "./problems.ts";
import {
  authenticatedAt,
  type Claims,
  claimAt,
  groupsIn,
  hasShownFactor,
  isTrue,
  text,
} from "./read-claims.ts";

/** Who the provider says came. */
export type Vouched = {
  provider: IdentityProvider;
  issuer: string;
  subject: string;
  /** In small letters; null when it says none, or one that is none. */
  email: string | null;
  isVerified: boolean;
  name: string | null;
  /** Null: nothing that one could go by. */
  groups: string[] | null;
  hasShownFactor: boolean;
  /** When they showed there who they are; null when it doesn't say. */
  authenticatedAt: Date | null;
  sid: string | null;
  idToken: string;
};

/** `query` as it came back, with its `?`. Throws `SignInRefused`. */
export async function askProvider(
  connection: ProviderConnection,
  config: ApiConfig,
  { query, state }: { query: string; state: string },
): Promise<Vouched> {
  const { configuration, provider } = connection;
  try {
    const url = new URL(callbackOf(config, provider.id) + query);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      ...secretsOf(config, state),
      expectedState: state,
      idTokenExpected: true,
    });
    const { id_token: idToken = "", access_token: accessToken } = tokens;
    await verifySignature(connection, idToken);
    const said: Claims = { ...tokens.claims() };
    const subject = text(said.sub);
    const issuer = text(said.iss);
    if (!subject || !issuer) throw new SignInRefused("token_untrusted");
    // The library looks at when a token ends and from when it holds, and not at when it was made.
    if (Number(said.iat) > Date.now() / 1_000 + provider.clockTolerance) {
      throw new SignInRefused("clocks_differ");
    }
    const claims = isEnough(said, provider)
      ? said
      : { ...(await moreOf(configuration, accessToken, subject)), ...said };
    return {
      ...{ provider, issuer, subject, idToken, ...personIn(claims, provider) },
      // How they signed in only the token says.
      hasShownFactor: hasShownFactor(said, provider),
      authenticatedAt: authenticatedAt(said),
    };
  } catch (error) {
    throw asRefusal(error);
  }
}

/**
 * The library trusts a token that it fetched by itself over TLS; we hold its signature against the
 * provider's keys all the same, by the newest of them when it names one that we have not seen.
 */
async function verifySignature({ keys }: ProviderConnection, token: string): Promise<void> {
  const verify = () => compactVerify(token, keys);
  await verify().catch(async (error: unknown) => {
    if (!(error instanceof joseErrors.JWKSNoMatchingKey)) throw error;
    await keys.reload();
    await verify();
  });
}

const isEnough = (claims: Claims, { claims: names, roles, groups }: IdentityProvider) =>
  text(claims.email) !== null &&
  claimAt(claims, names.verified) !== undefined &&
  (roles.length + groups.length === 0 || claimAt(claims, names.groups) !== undefined);

/** Many providers put into the token only who somebody is, and tell the rest when they are asked. */
async function moreOf(
  configuration: client.Configuration,
  accessToken: string,
  subject: string,
): Promise<Claims> {
  if (!configuration.serverMetadata().userinfo_endpoint) return {};
  return client.fetchUserInfo(configuration, accessToken, subject);
}

function personIn(claims: Claims, provider: IdentityProvider) {
  const address = emailSchema.safeParse(claims.email);
  return {
    email: address.success ? address.data : null,
    isVerified: isTrue(claimAt(claims, provider.claims.verified)),
    name: text(claims.name)?.slice(0, 100) ?? null,
    groups: groupsIn(claims, provider),
    sid: text(claims.sid),
  };
}

/** What the library and the provider say, as what a person can do something about. */
function asRefusal(error: unknown): SignInRefused {
  if (error instanceof SignInRefused) return error;
  if (error instanceof client.AuthorizationResponseError) {
    const isTheirWish = /^(access_denied|login_required|interaction_required|consent_required)$/;
    return new SignInRefused(
      isTheirWish.test(error.error) ? "cancelled" : "provider_refused",
      error,
    );
  }
  if (error instanceof client.ResponseBodyError) {
    // A code is good once, and for a minute or two: most often somebody loaded this address again.
    const isOldCode = error.error === "invalid_grant";
    return new SignInRefused(isOldCode ? "sign_in_lost" : "provider_refused", error);
  }
  // A client or a secret that it does not know (any more).
  if (error instanceof client.WWWAuthenticateChallengeError) {
    return new SignInRefused("provider_refused", error);
  }
  return new SignInRefused(problemOf(error), error);
}

function problemOf(error: unknown) {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED") return "clocks_differ" as const;
  if (code === "OAUTH_TIMEOUT" || code === "ERR_JWKS_TIMEOUT" || isUnreachable(error)) {
    return "provider_unreachable" as const;
  }
  return "token_untrusted" as const;
}

/** What `fetch` throws when there is nobody, and what comes from a proxy before a provider that is down. */
const isUnreachable = (error: unknown) =>
  error instanceof TypeError ||
  (error instanceof Error && "code" in error && error.code === "OAUTH_RESPONSE_IS_NOT_CONFORM");
