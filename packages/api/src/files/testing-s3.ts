/**
 * For tests: an S3 server in this process that checks signatures and their expiry. s3rver lets in
 * who signs nothing at all, which no bucket of anybody's does: refused in front of it.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
// @ts-expect-error: it has no types.
import S3rver from "@20minutes/s3rver";
import type { S3Settings } from "./s3-store.ts";

export type TestS3 = { settings: S3Settings; pause(): void; resume(): void; stop(): Promise<void> };

export async function startTestS3(): Promise<TestS3> {
  const directory = await mkdtemp(path.join(tmpdir(), "guildhall-s3-"));
  const s3 = new S3rver({ directory, silent: true, vhostBuckets: false });
  const answer = s3.callback();
  let isAway = false;
  const server = createServer((req, res) => {
    if (isAway) return void req.socket.destroy();
    const isSigned = req.headers.authorization || req.url?.includes("X-Amz-Signature=");
    if (!isSigned) return void res.writeHead(403).end();
    // s3rver knows no way to give up an upload.
    if (req.method === "DELETE" && req.url?.includes("uploadId=")) {
      return void res.writeHead(204).end();
    }
    answer(req, res);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  const { port } = address;
  return {
    settings: {
      endPoint: "127.0.0.1",
      port,
      useSSL: false,
      accessKey: "S3RVER",
      secretKey: "S3RVER",
      bucket: "guildhall",
      publicUrl: `http://127.0.0.1:${port}`,
    },
    /** As if its machine were gone: every connection ends. */
    pause() {
      isAway = true;
      server.closeAllConnections();
    },
    resume() {
      isAway = false;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
