/**
 * Files in a bucket of MinIO, or of anything else that speaks S3.
 *
 * The client's own `putObject` is not used for streams: it never ends when the stream fails, and
 * holds parts of 64 MB in memory. Here a part of 8 MB at most is held for each upload, and what
 * failed is taken back. S3 shows an object only when it is whole.
 */
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { Client } from "minio";
import { fileStoreUnavailable, invariant } from "../../core/errors.ts";
import {
  ADDRESS_SECONDS,
  type ByteRange,
  type FileStore,
  type Part,
  type PutAddress,
  type Stored,
  type Unfinished,
} from "../../core/file-store.ts";
import { inBlocks } from "./blocks.ts";
import { presign } from "./presign.ts";

/** S3 wants 5 MB at least of all parts but the last, and takes 10,000 of them. */
const PART_BYTES = 8 * 1024 * 1024;

export type S3Settings = {
  endPoint: string;
  port: number;
  useSSL: boolean;
  accessKey: string;
  secretKey: string;
  bucket: string;
  /** Where people's browsers reach it; null: only the server does, and passes the bytes on. */
  publicUrl: string | null;
};

/** The client knows how to ask this, and keeps it to itself. */
class ListingClient extends Client {
  partsOf(bucket: string, key: string, upload: string) {
    return this.listParts(bucket, key, upload);
  }
}

export function createS3Store({ bucket, publicUrl, ...connection }: S3Settings): FileStore {
  const client = new ListingClient({ ...connection, pathStyle: true });
  /** Made when it is missing. */
  const bucketIsThere = onceDone(async () => {
    if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket);
  });

  /** Signs addresses with the host that people use: it is part of what is signed. */
  const atPublicUrl = onceDone(async (): Promise<Client> => {
    const { hostname, port, protocol } = new URL(invariant(publicUrl, "asked for only when given"));
    const useSSL = protocol === "https:";
    const { accessKey, secretKey } = connection;
    const region = await client.getBucketRegionAsync(bucket);
    const own = { endPoint: hostname, port: Number(port) || (useSSL ? 443 : 80), useSSL };
    return new Client({ ...own, accessKey, secretKey, region, pathStyle: true });
  });

  const begin = (key: string) => told(client.initiateNewMultipartUpload(bucket, key, {}));

  async function sendPart({ key, upload }: Unfinished, n: number, bytes: Buffer): Promise<Part> {
    const of = { bucketName: bucket, objectName: key, uploadID: upload, partNumber: n };
    const { etag } = await told(client.uploadPart({ ...of, headers: {} }, bytes));
    return { n, size: bytes.length, tag: etag };
  }

  async function complete({ key, upload }: Unfinished, parts: Part[]) {
    const etags = parts.map(({ n, tag }) => ({ part: n, etag: tag }));
    await told(client.completeMultipartUpload(bucket, key, upload, etags));
  }

  const drop = ({ key, upload }: Unfinished) =>
    told(client.abortMultipartUpload(bucket, key, upload)).then(() => {}, missing);

  async function putInParts(key: string, first: Buffer, rest: AsyncIterator<Buffer>) {
    const of = { key, upload: await begin(key) };
    try {
      const parts = [await sendPart(of, 1, first)];
      for (let next = await rest.next(); !next.done; next = await rest.next()) {
        parts.push(await sendPart(of, parts.length + 1, next.value));
      }
      await complete(of, parts);
    } catch (error) {
      // When the store is away it keeps what it has, unseen; why it failed matters more.
      await drop(of).catch(() => {});
      throw error;
    }
  }

  async function putAddress(
    key: string,
    { size, sha256 }: { size: number; sha256: string },
    query: Record<string, string> = {},
  ): Promise<PutAddress | null> {
    if (!publicUrl) return null;
    const headers = { "content-length": String(size), "x-amz-content-sha256": sha256 };
    const { accessKey, secretKey } = connection;
    const url = await presign({
      ...{ method: "PUT", origin: new URL(publicUrl).origin, path: `/${bucket}/${key}` },
      ...{ accessKey, secretKey, headers, seconds: ADDRESS_SECONDS, query },
      region: await told(client.getBucketRegionAsync(bucket)),
    });
    // Its sender's program counts by itself, and lets nobody say how much it is.
    return { url, headers: { "x-amz-content-sha256": sha256 } };
  }

  async function get(key: string, range?: ByteRange): Promise<Readable | null> {
    const asked = range
      ? client.getPartialObject(bucket, key, range.start, range.end - range.start + 1)
      : client.getObject(bucket, key);
    return told(asked).catch(missing);
  }

  return {
    takesParts: publicUrl !== null,
    async put(key, content, maxBytes) {
      await told(bucketIsThere());
      const summed = summing(inBlocks(content, maxBytes, () => Buffer.allocUnsafeSlow(PART_BYTES)));
      const first = await summed.blocks.next();
      const bytes = first.done ? Buffer.alloc(0) : first.value;
      if (bytes.length === PART_BYTES) await putInParts(key, bytes, summed.blocks);
      else await told(client.putObject(bucket, key, bytes, bytes.length));
      return summed.result();
    },
    get,
    stat: (key) => told(client.statObject(bucket, key)).then(({ size }) => ({ size }), missing),
    delete: (key) => told(client.removeObject(bucket, key)),
    async forget(key) {
      await told(client.removeIncompleteUpload(bucket, key)).catch(missing);
      await told(client.removeObject(bucket, key));
    },

    parts: {
      async begin(key) {
        await told(bucketIsThere());
        return begin(key);
      },
      async put({ n, ...of }, content, maxBytes) {
        // With room for one byte more, it is not full before it is known whether more comes.
        const room = () => Buffer.allocUnsafeSlow(maxBytes + 1);
        const summed = summing(inBlocks(content, maxBytes, room));
        const whole = await summed.blocks.next();
        const sent = await sendPart(of, n, whole.done ? Buffer.alloc(0) : whole.value);
        return { ...sent, sha256: summed.result().sha256 };
      },
      join: complete,
      address: ({ key, upload, n }, of) =>
        putAddress(key, of, { uploadId: upload, partNumber: String(n) }),
      async list({ key, upload }) {
        const parts = await told(client.partsOf(bucket, key, upload)).catch(missing);
        const found = (parts ?? []).map(({ part, size, etag }) => ({ n: part, size, tag: etag }));
        return found.sort((a, b) => a.n - b.n);
      },
      drop,
    },

    async putAddress(key, of) {
      await told(bucketIsThere());
      return putAddress(key, of);
    },

    async address(key, { type, disposition }) {
      if (!publicUrl) return null;
      const signer = await told(atPublicUrl());
      return signer.presignedGetObject(bucket, key, ADDRESS_SECONDS, {
        "response-content-type": type,
        "response-content-disposition": disposition,
      });
    },

    async *list() {
      await told(bucketIsThere());
      for await (const { name, size, lastModified } of client.listObjectsV2(bucket, "", true)) {
        yield { key: name, size, at: lastModified };
      }
    },
  };
}

/** Sums and counts what passes. */
function summing(passing: AsyncIterable<Buffer>) {
  const hash = createHash("sha256");
  let size = 0;
  async function* pass() {
    for await (const block of passing) {
      size += block.length;
      hash.update(block);
      yield block;
    }
  }
  return { blocks: pass(), result: (): Stored => ({ size, sha256: hash.digest("hex") }) };
}

/** Asked once; again after a failure. */
function onceDone<T>(work: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= work().catch((error) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}

const MISSING = new Set(["NoSuchKey", "NotFound", "NoSuchUpload"]);
const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && MISSING.has(String(error.code));

/** Whatever else the store says to us is its operator's to mend: nobody's file is at fault. */
const told = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw isMissing(error) ? error : fileStoreUnavailable(error);
  });

function missing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
