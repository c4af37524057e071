/** For tests: a real OpenID provider on a free port, at which somebody is signed in as soon as they come. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

export type ProviderAccount = {
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
};

export type TestIdentityProvider = {
  issuer: string;
  /** By subject. What is said of them is read at each sign-in. */
  accounts: Map<string, ProviderAccount>;
  /** As whom a browser that comes signs in; null: it clicks on "Cancel". */
  signsInAs: string | null;
  /** What the provider has said of its clients' log-outs that failed. */
  failures: string[];
  stop(): Promise<void>;
};

export const CLIENT = { id: "guildhall", secret: "a secret of the client" };

/** `home`: where Guildhall is, which is its client; `provider` its id there. */
export async function startIdentityProvider(
  { home, provider: id }: { home: string; provider: string },
  more: { isPublic?: boolean; port?: number } = {},
): Promise<TestIdentityProvider> {
  const server = createServer();
  server.listen(more.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const test: TestIdentityProvider = {
    issuer,
    accounts: new Map(),
    signsInAs: null,
    failures: [],
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const provider = new Provider(issuer, configurationOf(test, { home, id, ...more }));
  provider.on("backchannel.error", (_ctx, error) => void test.failures.push(error.message));
  const answer = provider.callback();
  server.on("request", (req: IncomingMessage, res: ServerResponse) => {
    if (req.url?.startsWith("/interaction/")) {
      signIn(provider, test, req, res).catch((error: unknown) =>
        res.writeHead(500).end(`${error}`),
      );
    } else void answer(req, res);
  });
  return test;
}

type Options = { home: string; id: string; isPublic?: boolean };

function configurationOf(
  test: TestIdentityProvider,
  { home, id, isPublic }: Options,
): Configuration {
  const at = `${home}/auth/oidc/${id}`;
  return {
    clients: [
      {
        client_id: CLIENT.id,
        ...(isPublic ? { token_endpoint_auth_method: "none" } : { client_secret: CLIENT.secret }),
        redirect_uris: [`${at}/callback`],
        post_logout_redirect_uris: [`${home}/sign-in`],
        backchannel_logout_uri: `${at}/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "groups"],
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html>${form}<button name="logout" value="yes" form="op.logoutForm">Sign out</button>`;
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 60,
      Interaction: 60,
      Session: 600,
    },
    cookies: { keys: ["a key for tests"] },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...test.accounts.get(sub) }),
    }),
    // The way from a provider to itself in a test is on this machine, which it refuses by itself.
    fetch: (url, init: RequestInit & { dispatcher?: unknown } = {}) => {
      const { dispatcher: _, ...options } = init;
      return fetch(url, options);
    },
    loadExistingGrant: async (ctx) => {
      const { provider, client, session } = ctx.oidc;
      if (!client || !session) return undefined;
      const given = session.grantIdFor(client.clientId);
      if (given) return provider.Grant.find(given);
      const grant = new provider.Grant({
        clientId: client.clientId,
        ...(session.accountId !== undefined && { accountId: session.accountId }),
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

async function signIn(
  provider: Provider,
  { signsInAs }: TestIdentityProvider,
  req: IncomingMessage,
  res: ServerResponse,
) {
  const result = signsInAs
    ? { login: { accountId: signsInAs } }
    : { error: "access_denied", error_description: "End-User aborted interaction" };
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
}
