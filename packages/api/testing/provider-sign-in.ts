/** For tests: a Guildhall that is reached over HTTP as far as sign-in through providers goes. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Caller, startTestApi, type TestApi } from "@guildhall/testing/api";
import { type Landed, openBrowser, type TestBrowser } from "@guildhall/testing/sign-in/browser";
import { CLIENT } from "@guildhall/testing/sign-in/identity-provider";
import type { ApiConfig, Context, IdentityProvider } from "../src/core/context.ts";
import { PROTOCOL_VERSION } from "../src/live/protocol.ts";
import { Providers } from "../src/oidc/connections.ts";
import { answerProvider } from "../src/oidc/over-http.ts";
import { appRouter } from "../src/router.ts";
import { createContext, type RunningServices } from "../src/server.ts";

export type SignInTest = Awaited<ReturnType<typeof startSignInTest>>;

export const providerAt = (
  issuer: string,
  rest: Partial<IdentityProvider> = {},
): IdentityProvider => ({
  ...{ id: "corp", name: "Corp", issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
  ...{ scopes: "openid email profile", domains: ["example.com"], roles: [], groups: [] },
  ...{ secondFactor: false, isInsecure: true },
  ...{ claims: { verified: "email_verified", groups: "groups" }, clockTolerance: 30 },
  ...rest,
});

/** `providersOf` is given the address of this Guildhall. */
export async function startSignInTest(
  providersOf: (home: string) => Promise<IdentityProvider[]> | IdentityProvider[],
  config: Partial<ApiConfig> = {},
) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const warnings: object[] = [];
  const api: TestApi = await startTestApi({
    publicUrl: home,
    providers: await providersOf(home),
    log: { info() {}, warn: (fields) => void warnings.push(fields), error: console.error },
    ...config,
  });
  /** As a server that was started with other settings. */
  let services: RunningServices = api.services;

  server.on("request", async (req, res) => {
    const ctx = createContext(services, { req, res, clientAddress: "127.0.0.1" });
    const { method = "", url = "", headers } = req;
    const call = { method, url, host: headers.host, body: await text(req) };
    const isThere = await answerProvider(ctx, call, res);
    if (!isThere) res.end("a page");
  });

  const callerOf = (browser: TestBrowser): Caller => {
    const credentials = { token: null, cookie: browser.cookies(home) };
    const ctx: Context = {
      services,
      credentials,
      client: { address: "127.0.0.1", userAgent: "test" },
      setCookie: (line) => browser.keep(home, line),
      socket: null,
      protocolVersion: PROTOCOL_VERSION,
      findActor: () => services.authenticate(credentials),
    };
    return appRouter.createCaller(ctx);
  };

  return {
    home,
    api,
    warnings,
    callerOf,
    set(...settings: ConstructorParameters<typeof Providers>) {
      services = { ...api.services, providers: new Providers(...settings) };
    },
    /** From the button to where it ends, in a browser of its own unless one is given. */
    async signIn(at = "corp", browser = openBrowser(), to = "/w/1") {
      const landed = await browser.open(
        `${home}/auth/oidc/${at}/start?to=${encodeURIComponent(to)}`,
      );
      return { browser, landed, problem: problemIn(landed), call: callerOf(browser) };
    },
    /** As far as the address to which the provider sends the browser back. */
    async wayBack(browser: TestBrowser, at = "corp") {
      const isBack = (url: URL) => url.pathname.endsWith("/callback");
      const { url } = await browser.open(`${home}/auth/oidc/${at}/start?to=/w/1`, isBack);
      return url;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await api.stop();
    },
  };
}

export const problemIn = ({ url }: Landed): string | null => url.searchParams.get("problem");
