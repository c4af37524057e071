/**
 * The typed client that fits this very server, for `npm install <address>/client.tgz`. A bundled server
 * has it beside itself, made by the same build. One that runs from its sources makes it when it is first
 * asked for, since whoever develops wants the one of what they just wrote.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { refusals, refuse } from "../refusal.ts";

const here = import.meta.dirname;
const BUILT = path.join(here, "client.tgz");
const BUILDER = path.join(here, "../../../../../packages/api/client-package/build.ts");

async function make(): Promise<Buffer | null> {
  if (existsSync(BUILT)) return readFile(BUILT);
  if (!import.meta.url.endsWith(".ts")) return null;
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-client-"));
  try {
    const file = path.join(folder, "client.tgz");
    // Another process: the compiler would keep this one from answering for seconds.
    await promisify(execFile)(process.execPath, [BUILDER, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function createClientPackage() {
  let made: ReturnType<typeof make> | undefined;
  return async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method !== "GET" && req.method !== "HEAD") return refuse(res, refusals.method);
    made ??= make();
    const body = await made.catch((error) => {
      // A mistake in the sources is mended, and asked about again.
      made = undefined;
      throw error;
    });
    if (!body) {
      const message = "The client isn't built. Run npm run build.";
      return refuse(res, { ...refusals.notFound, message });
    }
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    res.setHeader("etag", etag);
    // The server may be another one tomorrow, and its client with it.
    res.setHeader("cache-control", "no-cache");
    if (req.headers["if-none-match"] === etag) return void res.writeHead(304).end();
    res.writeHead(200, {
      "content-type": "application/gzip",
      "content-disposition": 'attachment; filename="guildhall-client.tgz"',
      "content-length": body.length,
    });
    res.end(req.method === "HEAD" ? undefined : body);
  };
}
