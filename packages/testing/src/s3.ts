/**
 * For tests: an S3 server in this process that checks signatures and their expiry. s3rver lets in
 * who signs nothing at all, which no bucket of anybody's does: refused in front of it.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
// @ts-expect-error: it has no types.
import S3rver from "@20minutes/s3rver";
import type { S3Settings } from "@guildhall/api/server";

export type TestS3 = { settings: S3Settings; pause(): void; resume(): void; stop(): Promise<void> };

async function listParts(directory: string, upload: string): Promise<string> {
  const folder = readdirSync(directory, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isDirectory() && entry.name === upload,
  );
  const place = folder && path.join(folder.parentPath, upload);
  const names = place ? (await readdir(place)).filter((name) => /^\d+$/.test(name)) : [];
  const parts = names.map((n) => {
    const file = path.join(place ?? "", n);
    const etag = readFileSync(`${file}.md5`, "utf8");
    return `<Part><PartNumber>${n}</PartNumber><ETag>"${etag}"</ETag><Size>${statSync(file).size}</Size></Part>`;
  });
  return `<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join("")}</ListPartsResult>`;
}

/** Nor does it look at what was signed of the bytes; S3 refuses others. Null: it is not what was signed. */
async function checkSum(req: IncomingMessage): Promise<IncomingMessage | null> {
  const signed = req.headers["x-amz-content-sha256"];
  if (req.method !== "PUT" || typeof signed !== "string" || signed.length !== 64) return req;
  const body = await buffer(req).catch(() => null);
  if (!body || createHash("sha256").update(body).digest("hex") !== signed) return null;
  const { headers, method, url, socket, httpVersion } = req;
  return Object.assign(Readable.from([body]), {
    headers,
    method,
    url,
    socket,
    httpVersion,
  }) as never;
}

/** Pages of any origin may ask, as MinIO has it when nobody says otherwise. */
function allowPages(res: ServerResponse) {
  for (const what of ["origin", "methods", "headers"]) {
    res.setHeader(`access-control-allow-${what}`, "*");
  }
}

export async function startTestS3(): Promise<TestS3> {
  const directory = await mkdtemp(path.join(tmpdir(), "guildhall-s3-"));
  const s3 = new S3rver({ directory, silent: true, vhostBuckets: false });
  const answer = s3.callback();
  let isAway = false;
  const server = createServer((req, res) => {
    if (isAway) return void req.socket.destroy();
    allowPages(res);
    if (req.method === "OPTIONS") return void res.writeHead(204).end();
    const isSigned = req.headers.authorization || req.url?.includes("X-Amz-Signature=");
    if (!isSigned) return void res.writeHead(403).end();
    const upload = /uploadId=(\w+)/.exec(req.url ?? "")?.[1];
    if (req.method === "GET" && /[?&]uploads\b/.test(req.url ?? "")) {
      return void res.end(
        "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>",
      );
    }
    // Two things that s3rver does not know: to give up an upload, and to say what it has of one.
    if (req.method === "DELETE" && upload) return void res.writeHead(204).end();
    if (req.method === "GET" && upload)
      return void listParts(directory, upload).then(res.end.bind(res));
    void checkSum(req).then((checked) => {
      if (checked) answer(checked, res);
      else res.writeHead(400).end();
    });
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
