/**
 * An address at which a store that speaks S3 takes one request of whoever has it. Not the client's own
 * `presignedUrl`: that signs no headers, and it is the signed length and sum that bind what may be sent.
 */
import { Hash } from "@smithy/hash-node";
import { SignatureV4 } from "@smithy/signature-v4";

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
};

export async function presign(of: Presigned): Promise<string> {
  const { protocol, host, hostname } = new URL(of.origin);
  const signer = new SignatureV4({
    service: "s3",
    region: of.region,
    credentials: { accessKeyId: of.accessKey, secretAccessKey: of.secretKey },
    sha256: Hash.bind(null, "sha256"),
    // The path is signed as it stands there, not encoded a second time: so S3 has it.
    uriEscapePath: false,
  });
  const { method, path, query } = of;
  const headers = { ...of.headers, host };
  const names = new Set(Object.keys(headers));
  const { query: signed } = await signer.presign(
    { method, protocol, hostname, path, query, headers },
    // Signed as headers: moved into the query, as is usual, nobody would have to send them.
    { expiresIn: of.seconds, unhoistableHeaders: names, signableHeaders: names },
  );
  return `${of.origin}${path}?${new URLSearchParams(signed as Record<string, string>)}`;
}
