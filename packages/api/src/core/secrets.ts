import { createHash, createHmac, randomBytes } from "node:crypto";

/** 256 random bits that travel in a link, a cookie or a header. */
export const makeSecret = () => randomBytes(32).toString("base64url");

/** What is kept of a secret. It has 256 bits of chance, so a fast hash is enough. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("hex");

/** A secret that only this server can make again from the name of the thing. */
export const deriveSecret = (key: string, name: string) =>
  createHmac("sha256", key).update(name).digest("base64url");
