import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from "node:crypto";

/** 256 random bits that travel in a link, a cookie or a header. */
export const makeSecret = () => randomBytes(32).toString("base64url");

/** What is kept of a secret. It has 256 bits of chance, so a fast hash is enough. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("hex");

/** A secret that only this server can make again from the name of the thing. */
export const deriveSecret = (key: string, name: string) =>
  createHmac("sha256", key).update(name).digest("base64url");

const CIPHER = "aes-256-gcm";
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/** A key for each purpose, so that what was sealed for one is worth nothing for another. */
const keyFor = (key: string, purpose: string) =>
  new Uint8Array(hkdfSync("sha256", key, "", `seal:${purpose}`, 32));

/** Text that only this server can read or have made: for the database, or for a client to bring back. */
export function seal(key: string, purpose: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(key, purpose), nonce);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}

/** Null when this server did not seal it for this purpose, as after its secret was changed. */
export function unseal(key: string, purpose: string, sealed: string): string | null {
  const all = Buffer.from(sealed, "base64url");
  if (all.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, keyFor(key, purpose), all.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(all.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = decipher.update(all.subarray(NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]).toString("utf8");
  } catch {
    return null; // The tag doesn't fit: the one thing that `final` refuses.
  }
}
