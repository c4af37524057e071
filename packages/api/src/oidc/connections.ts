/**
 * What this worker knows of each provider: its endpoints and its keys, found out when somebody first
 * signs in through it. A provider that is down stops nobody else: not the server, which starts without
 * asking, and not the other ways in.
 *
 * What was found out serves for an hour, and then is looked at again; while that fails, the old serves on.
 * A failure is told to who asks in the next seconds, so that a provider that is down is not also asked by
 * everybody at once.
 */
import { createRemoteJWKSet, customFetch as keysFetch } from "jose";
import * as client from "openid-client";
import type { IdentityProvider } from "../core/context.ts";
import { SignInRefused } from "./problems.ts";

const usualTimes = {
  freshMs: 60 * 60_000,
  failedMs: 5_000,
  /** A person waits meanwhile. */
  timeoutSeconds: 8,
};

export type ProviderConnection = {
  provider: IdentityProvider;
  configuration: client.Configuration;
  /** Asked again when a token names one that is not among them, as after they were changed. */
  keys: ReturnType<typeof createRemoteJWKSet>;
};

type Found = { at: number; connection: ProviderConnection };

declare module "../core/context.ts" {
  interface ProviderServices {
    providers: Providers;
  }
}

export class Providers {
  readonly list: readonly IdentityProvider[];
  readonly #found = new Map<string, Found>();
  readonly #failed = new Map<string, { at: number; refusal: SignInRefused }>();
  readonly #times: typeof usualTimes;
  readonly #asking = new Map<string, Promise<ProviderConnection>>();

  constructor(list: readonly IdentityProvider[], times: Partial<typeof usualTimes> = {}) {
    this.list = list;
    this.#times = { ...usualTimes, ...times };
  }

  /** Throws `unknown_provider` of one that the settings do not name (any more). */
  named(id: string): IdentityProvider {
    const provider = this.list.find((each) => each.id === id);
    if (!provider) throw new SignInRefused("unknown_provider");
    return provider;
  }

  /** Throws `provider_unreachable`, with what it answered as the cause. */
  async connect(id: string): Promise<ProviderConnection> {
    const provider = this.named(id);
    const found = this.#found.get(id);
    if (found && Date.now() - found.at < this.#times.freshMs) return found.connection;
    const failed = this.#failed.get(id);
    if (failed && Date.now() - failed.at < this.#times.failedMs) {
      if (found) return found.connection;
      throw failed.refusal;
    }
    const asking = this.#asking.get(id) ?? this.#discover(provider);
    this.#asking.set(id, asking);
    return found ? asking.catch(() => found.connection) : asking;
  }

  /** Asks it now, whatever is known of it. Throws what it answered, or that it did not. */
  async discover(id: string): Promise<void> {
    await this.#discover(this.named(id)).catch((error: unknown) => {
      throw error instanceof SignInRefused && error.cause ? error.cause : error;
    });
  }

  /** Null where it has no page for that, is not in the settings, or cannot be reached. */
  async endSessionUrl(
    session: { provider: string; idToken: string },
    comeBackTo: string,
  ): Promise<string | null> {
    const connection = await this.connect(session.provider).catch(() => null);
    if (!connection?.configuration.serverMetadata().end_session_endpoint) return null;
    return client.buildEndSessionUrl(connection.configuration, {
      id_token_hint: session.idToken,
      post_logout_redirect_uri: comeBackTo,
    }).href;
  }

  async #discover(provider: IdentityProvider): Promise<ProviderConnection> {
    try {
      const connection = await discover(provider, this.#times.timeoutSeconds);
      this.#found.set(provider.id, { at: Date.now(), connection });
      this.#failed.delete(provider.id);
      return connection;
    } catch (cause) {
      const refusal = new SignInRefused("provider_unreachable", cause);
      this.#failed.set(provider.id, { at: Date.now(), refusal });
      throw refusal;
    } finally {
      this.#asking.delete(provider.id);
    }
  }
}

async function discover(provider: IdentityProvider, timeout: number): Promise<ProviderConnection> {
  const configuration = await client.discovery(
    new URL(provider.issuer),
    provider.clientId,
    { [client.clockTolerance]: provider.clockTolerance },
    clientAuthOf(provider),
    {
      timeout,
      ...(provider.isInsecure && { execute: [client.allowInsecureRequests] }),
    },
  );
  const { jwks_uri: address } = configuration.serverMetadata();
  if (!address) throw new Error("The provider doesn't say where its keys are (jwks_uri).");
  if (!provider.isInsecure && !address.startsWith("https:")) {
    throw new Error("The provider's keys aren't given over https.");
  }
  const keys = createRemoteJWKSet(new URL(address), {
    timeoutDuration: timeout * 1_000,
    [keysFetch]: (url, init) => fetch(url, { ...init, redirect: "error" }),
  });
  return { provider, configuration, keys };
}

/** Basic is what a provider takes that says nothing of it (OpenID Connect Discovery, section 3). */
function clientAuthOf({ clientSecret }: IdentityProvider): client.ClientAuth {
  if (!clientSecret) return client.None();
  const [basic, post] = [
    client.ClientSecretBasic(clientSecret),
    client.ClientSecretPost(clientSecret),
  ];
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    return (taken.includes("client_secret_basic") ? basic : post)(server, ...rest);
  };
}
