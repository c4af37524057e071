/** For tests: a provider made by hand, that says what no sound one would: other issuers, old tokens, garbage. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { CLIENT } from "./identity-provider.ts";

type Answer = { status?: number; body: string; type?: string };
type Keys = { kid: string; privateKey: CryptoKey; publicKey: CryptoKey };

export type HandmadeProvider = {
  issuer: string;
  /** What its next ID tokens say besides who made them, for whom, when and for which nonce; these win. */
  claims: JWTPayload;
  /** Answers instead of itself, by path; a promise that never settles is a provider that hangs. */
  answers: Map<string, (req: IncomingMessage) => Answer | Promise<Answer>>;
  /** Put behind the address to which a browser is sent back. */
  onWayBack: (params: URLSearchParams) => void;
  /** The paths that were asked for. */
  asked: string[];
  /** Signs from now on with another key; the old one is gone. */
  rotateKeys(): Promise<void>;
  /** A token of this provider with just these claims, signed with its key or a given one. */
  sign(claims: JWTPayload, how?: { typ?: string; key?: CryptoKey }): Promise<string>;
  stop(): Promise<void>;
};

export const newKey = async (): Promise<Keys> => ({
  kid: randomUUID(),
  ...(await generateKeyPair("RS256")),
});

export const seconds = (from = 0): number => Math.floor(Date.now() / 1_000) + from;

export async function startHandmadeProvider(): Promise<HandmadeProvider> {
  let keys = await newKey();
  const codes = new Map<string, string>();
  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => res.writeHead(500).end(`${error}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: HandmadeProvider = {
    issuer,
    claims: {},
    answers: new Map(),
    onWayBack: () => {},
    asked: [],
    rotateKeys: async () => {
      keys = await newKey();
    },
    sign: (claims, { typ = "JWT", key = keys.privateKey } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: keys.kid, typ }).sign(key),
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };

  async function answer(req: IncomingMessage, res: ServerResponse) {
    const url = new URL(req.url ?? "", issuer);
    provider.asked.push(url.pathname);
    const instead = provider.answers.get(url.pathname);
    if (instead) {
      const { status = 200, body, type = "application/json" } = await instead(req);
      return res.writeHead(status, { "content-type": type }).end(body);
    }
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(res, {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ["RS256"],
          code_challenge_methods_supported: ["S256"],
        });
      case "/jwks":
        return json(res, {
          keys: [{ ...(await exportJWK(keys.publicKey)), kid: keys.kid, alg: "RS256", use: "sig" }],
        });
      case "/auth":
        return sendBack(url.searchParams, res);
      case "/token":
        return giveToken(new URLSearchParams(await text(req)), res);
      default:
        return res.writeHead(404).end();
    }
  }

  function sendBack(asked: URLSearchParams, res: ServerResponse) {
    const back = new URL(asked.get("redirect_uri") ?? "");
    const code = randomUUID();
    codes.set(code, asked.get("nonce") ?? "");
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    provider.onWayBack(back.searchParams);
    res.writeHead(302, { location: back.href }).end();
  }

  async function giveToken(asked: URLSearchParams, res: ServerResponse) {
    const nonce = codes.get(asked.get("code") ?? "");
    codes.delete(asked.get("code") ?? "");
    if (nonce === undefined) return json(res, { error: "invalid_grant" }, 400);
    const id_token = await provider.sign({
      ...{ iss: issuer, aud: CLIENT.id, sub: "ada", nonce, iat: seconds(), exp: seconds(300) },
      ...provider.claims,
    });
    json(res, { access_token: "an access token", token_type: "Bearer", expires_in: 60, id_token });
  }
  return provider;
}

const json = (res: ServerResponse, body: object, status = 200) =>
  void res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
