/** Certificates as a server of a test shows them, made on the spot: the least of X.509 that TLS takes. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

const bytesOf = (...parts: (Uint8Array | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part)));

function der(tag: number, ...parts: (Uint8Array | number[])[]): Buffer {
  const content = bytesOf(...parts);
  const { length } = content;
  if (length < 128) return bytesOf([tag, length], content);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return bytesOf([tag, ...size], content);
}
const sequence = (...parts: (Uint8Array | number[])[]) => der(0x30, ...parts);
const commonName = (name: string) =>
  sequence(der(0x31, sequence([6, 3, 0x55, 4, 3], der(0x0c, Buffer.from(name)))));
const time = (at: Date) =>
  der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`));
const ECDSA_SHA256 = sequence([6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]);

/** subjectAltName: DNS names, and one address of IPv4. */
const namesOf = (names: string[]) =>
  names.map((name) =>
    /^[\d.]+$/.test(name) ? der(0x87, name.split(".").map(Number)) : der(0x82, Buffer.from(name)),
  );

type Issuer = { name: string; key: KeyObject };
type Options = { name?: string; names?: string[]; from?: Date; to?: Date; issuer?: Issuer };

const DAY_MS = 24 * 60 * 60_000;
let serial = 1;

/** Signed by itself, unless an issuer is named. */
export function makeCertificate(options: Options = {}) {
  const { name = "guildhall.test", names = ["127.0.0.1", "localhost"], issuer } = options;
  const { from = new Date(Date.now() - DAY_MS), to = new Date(Date.now() + 30 * DAY_MS) } = options;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const alternatives = sequence([6, 3, 0x55, 0x1d, 0x11], der(4, sequence(...namesOf(names))));
  const signed = sequence(
    der(0xa0, [2, 1, 2]),
    der(2, [serial++]),
    ECDSA_SHA256,
    commonName(issuer?.name ?? name),
    sequence(time(from), time(to)),
    commonName(name),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(alternatives)),
  );
  const signature = sign("sha256", signed, issuer?.key ?? privateKey);
  const raw = sequence(signed, ECDSA_SHA256, der(3, [0], signature));
  const base64 = raw.toString("base64").replace(/.{64}/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    privateKey,
    fingerprint: createHash("sha256").update(raw).digest("hex"),
  };
}
