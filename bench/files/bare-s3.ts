/** An upload in parts and a download at a bare S3, as a program with its keys makes them. */
import { randomUUID } from "node:crypto";
import { Client } from "minio";
import { get } from "./transfers.ts";

const PART = 8 * 1024 * 1024;
const BUCKET = "bare";

export async function openBareS3(url: string) {
  const { hostname, port } = new URL(url);
  const keys = { accessKey: "S3RVER", secretKey: "S3RVER" };
  const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, ...keys });
  await client.makeBucket(BUCKET);
  return {
    /** Three parts at a time, each read from the same kind of file and sent with its sum, by the client of MinIO. */
    async upload(bytes: Buffer): Promise<string> {
      const file = new Blob([bytes]);
      const key = randomUUID();
      const uploadId = await client.initiateNewMultipartUpload(BUCKET, key, {});
      const count = Math.ceil(bytes.length / PART);
      const numbers = Array.from({ length: count }, (_, i) => i + 1);
      const parts: { part: number; etag: string }[] = [];
      const sendSome = async () => {
        for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) {
          const part = Buffer.from(await file.slice((n - 1) * PART, n * PART).arrayBuffer());
          const of = { bucketName: BUCKET, objectName: key, uploadID: uploadId, partNumber: n };
          parts.push({
            part: n,
            etag: (await client.uploadPart({ ...of, headers: {} }, part)).etag,
          });
        }
      };
      await Promise.all([sendSome(), sendSome(), sendSome()]);
      parts.sort((a, b) => a.part - b.part);
      await client.completeMultipartUpload(BUCKET, key, uploadId, parts);
      return key;
    },
    download: async (key: string) => get(await client.presignedGetObject(BUCKET, key, 300), {}),
  };
}
