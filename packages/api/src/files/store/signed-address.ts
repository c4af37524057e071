/**
 * Addresses that speak for one person about one file, for five minutes: for the desktop app and for
 * tools, whose pages and players send no token. Whether that person may see the file is asked when
 * the address is used, as with any other.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { ADDRESS_SECONDS } from "../../core/file-store.ts";

type Claim = { fileId: string; userId: string; until: number };

const sign = (secret: string, { fileId, userId, until }: Claim) =>
  createHmac("sha256", `files:${secret}`).update(`${fileId}.${userId}.${until}`).digest();

/** The query of an address, good from now on for so many seconds. */
export function signedQuery(secret: string, of: Pick<Claim, "fileId" | "userId">): URLSearchParams {
  const until = Math.floor(Date.now() / 1_000) + ADDRESS_SECONDS;
  const signature = sign(secret, { ...of, until }).toString("base64url");
  return new URLSearchParams({ for: of.userId, until: String(until), signature });
}

/** Whom the address speaks for; null when it is nobody's, altered, or too old. */
export function readSignature(secret: string, fileId: string, query: URLSearchParams) {
  const userId = query.get("for") ?? "";
  const until = Number(query.get("until"));
  const given = Buffer.from(query.get("signature") ?? "", "base64url");
  const expected = sign(secret, { fileId, userId, until });
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return until * 1_000 >= Date.now() ? userId : null;
}
