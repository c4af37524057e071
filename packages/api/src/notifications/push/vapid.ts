/**
 * The keys by which push services know this server (RFC 8292): made again from its secret, so that there is
 * nothing to store, all workers have the same, and a new secret ends all subscriptions with the sessions.
 */
import { createECDH } from "node:crypto";
import type { ApiConfig } from "../../core/context.ts";
import { deriveSecret } from "../../core/secrets.ts";

type Setting = Pick<ApiConfig, "jwtSecret" | "publicUrl">;

export type Vapid = { subject: string; publicKey: string; privateKey: string };

const made = new Map<string, Pick<Vapid, "publicKey" | "privateKey">>();

export function vapidOf({ jwtSecret, publicUrl }: Setting): Vapid {
  const keys = made.get(jwtSecret) ?? makeKeys(jwtSecret);
  made.set(jwtSecret, keys);
  const { protocol, hostname } = new URL(publicUrl);
  // Whom the push service can turn to.
  const subject = protocol === "https:" ? publicUrl : `mailto:guildhall@${hostname}`;
  return { subject, ...keys };
}

function makeKeys(jwtSecret: string) {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(Buffer.from(deriveSecret(jwtSecret, "vapid"), "base64url"));
  return {
    publicKey: curve.getPublicKey("base64url"),
    privateKey: curve.getPrivateKey("base64url"),
  };
}
