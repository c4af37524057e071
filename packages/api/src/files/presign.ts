/**
 * An address at which a store that speaks S3 takes one request of whoever has it (AWS Signature 4, in
 * the query). Not the client's own `presignedUrl`: that signs no headers, and it is the signed length
 * and sum that bind what may be sent.
 */
import { createHash, createHmac } from "node:crypto";

export type Presigned = {
  method: "PUT" | "GET";
  /** Where people reach the store. */
  origin: string;
  /** As it stands in the address. */
  path: string;
  query: Record<string, string>;
  /** To be sent as they are; names in lower case. */
  headers: Record<string, string>;
  region: string;
  accessKey: string;
  secretKey: string;
  seconds: number;
  now?: Date;
};

export function presign(of: Presigned): string {
  const { method, origin, path, region, accessKey, secretKey, now = new Date() } = of;
  const at = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${at.slice(0, 8)}/${region}/s3/aws4_request`;
  const headers = Object.entries({ ...of.headers, host: new URL(origin).host }).sort(byName);
  const signedHeaders = headers.map(([name]) => name).join(";");
  const query = Object.entries({
    ...of.query,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKey}/${scope}`,
    "X-Amz-Date": at,
    "X-Amz-Expires": String(of.seconds),
    "X-Amz-SignedHeaders": signedHeaders,
  })
    .sort(byName)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
  const asked = [
    method,
    path,
    query,
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    signedHeaders,
    of.headers["x-amz-content-sha256"] ?? "UNSIGNED-PAYLOAD",
  ].join("\n");
  const sum = createHash("sha256").update(asked).digest("hex");
  const key = scope
    .split("/")
    .reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${at}\n${scope}\n${sum}`).toString("hex");
  return `${origin}${path}?${query}&X-Amz-Signature=${signature}`;
}

const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();
const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
