/**
 * For tests: a push service, and the browsers that are subscribed there. It takes only what is signed by
 * the key that a browser subscribed with (RFC 8292), and a browser reads what was encrypted for it (RFC 8188
 * and 8291), by other code than the server's.
 */
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export type TestBrowser = {
  /** As `PushSubscription` gives it. */
  subscription: { endpoint: string; p256dh: string; auth: string };
  /** What was pushed there, read, in order. */
  messages: { topic: string; ttl: number; payload: unknown }[];
  /** What it is answered from now on, in place of 201. */
  answers: (status: number | null) => void;
};

export type TestPushService = {
  url: string;
  /** How many messages were sent there, taken or not. */
  asked(): number;
  /** What it found wrong. */
  complaints: string[];
  browser(serverKey: string): TestBrowser;
  stop(): Promise<void>;
};

export async function startTestPushService(): Promise<TestPushService> {
  const takers = new Map<string, (req: IncomingMessage) => Promise<number>>();
  const complaints: string[] = [];
  let asked = 0;
  const server = createServer(async (req, res) => {
    asked++;
    const take = takers.get(req.url ?? "");
    const status = await (take?.(req) ?? Promise.resolve(404)).catch((error: unknown) => {
      complaints.push(String(error));
      return 400;
    });
    res.writeHead(status).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked: () => asked,
    complaints,
    browser(serverKey) {
      const keys = createECDH("prime256v1");
      keys.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(8).toString("hex")}`;
      const messages: TestBrowser["messages"] = [];
      let status: number | null = null;
      takers.set(path, async (req) => {
        const body = await buffer(req);
        if (status !== null) return status;
        checkVapid(req, url, serverKey);
        if (req.headers["content-encoding"] !== "aes128gcm") throw new Error("not aes128gcm");
        const payload = JSON.parse(decrypt(body, keys, auth).toString());
        const { topic, ttl } = req.headers;
        messages.push({ topic: String(topic), ttl: Number(ttl), payload });
        return 201;
      });
      return {
        subscription: {
          endpoint: url + path,
          p256dh: keys.getPublicKey("base64url"),
          auth: auth.toString("base64url"),
        },
        messages,
        answers: (next) => {
          status = next;
        },
      };
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const part = (text: string | undefined) =>
  JSON.parse(Buffer.from(text ?? "", "base64url").toString()) as Record<string, unknown>;

function checkVapid(req: IncomingMessage, origin: string, serverKey: string) {
  const { authorization = "" } = req.headers;
  const [, token = "", key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  if (key !== serverKey) throw new Error(`signed by another key: ${authorization}`);
  const [header, claims, signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33, 65).toString("base64url"),
  };
  const isSigned = verify(
    "sha256",
    Buffer.from(`${header}.${claims}`),
    { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!isSigned || part(header).alg !== "ES256") throw new Error("the signature is not right");
  const { aud, exp, sub } = part(claims);
  const left = Number(exp) - Date.now() / 1_000;
  if (aud !== origin) throw new Error(`for ${aud}`);
  if (!(left > 0 && left <= 24 * 60 * 60)) throw new Error(`it ends in ${left} s`);
  if (!/^(mailto:|https:)/.test(String(sub))) throw new Error(`nobody to turn to: ${sub}`);
}

/** One record, as RFC 8291 wants it. */
function decrypt(body: Buffer, keys: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const bytes = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync("sha256", secret, salt, info, length));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), keys.getPublicKey(), sender]);
  const secret = bytes(keys.computeSecret(sender), auth, info, 32);
  const key = bytes(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = bytes(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2));
}
