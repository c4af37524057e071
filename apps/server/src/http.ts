import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AnyRouter } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { Log } from "./logger.ts";
import type { Origins } from "./origins.ts";
import { type Refusal, refusals, refuse } from "./refusal.ts";
import { createStaticPages } from "./static-pages.ts";

const MB = 1024 * 1024;
const MAX_BATCH = 20;
/** The one procedure that takes a file, as a form. */
const UPLOAD = "imports.upload";
/** The file of 64 MB that `imports.upload` takes, and the form around it. */
const MAX_UPLOAD = 64 * MB + 64 * 1024;

/** A file of 200 MB, and more, still gets its answer. */
const MAX_READ_AWAY = 1024 * MB;

export type HttpOptions = {
  router: AnyRouter;
  createContext: (req: IncomingMessage, res: ServerResponse) => object;
  ready: () => Promise<boolean>;
  origins: Origins;
  webFolder: string;
  log: Log;
};

export function createHttpServer(options: HttpOptions): Server {
  const servePage = createStaticPages(options.webFolder);
  const server = createServer({ headersTimeout: 20_000, requestTimeout: 120_000 }, (req, res) => {
    setCommonHeaders(res);
    route(req, res).catch((error: unknown) => {
      options.log.error({ err: error, path: req.url?.split("?")[0] }, "A request failed.");
      if (res.headersSent) res.destroy();
      else refuse(res, refusals.internal);
    });
  });

  async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const pathname = pathOf(req);
    if (pathname === null) return refuse(res, refusals.badAddress);
    if (pathname === "/healthz") return plain(res, 200, "ok");
    if (pathname === "/readyz") {
      return (await options.ready()) ? plain(res, 200, "ready") : plain(res, 503, "not ready");
    }
    if (pathname === "/trpc" || pathname.startsWith("/trpc/")) return callTrpc(req, res, pathname);
    await servePage(req, res, pathname);
  }

  async function callTrpc(req: IncomingMessage, res: ServerResponse, pathname: string) {
    allowListedOrigin(req, res, options.origins);
    if (req.method === "OPTIONS") return void res.writeHead(204).end();
    const path = pathname.slice("/trpc/".length);
    const refusal = judge(req, path, options.origins);
    if (refusal === refusals.fileTooLarge) await readAway(req);
    if (refusal) return refuse(res, refusal);
    res.setHeader("cache-control", "no-store");
    await nodeHTTPRequestHandler({
      router: options.router,
      req,
      res,
      path,
      maxBodySize: bodyLimit(req, path),
      maxBatchSize: MAX_BATCH,
      createContext: async () => options.createContext(req, res),
      onError: ({ error, path: procedure }) => {
        if (error.code !== "INTERNAL_SERVER_ERROR") return;
        options.log.error({ err: error.cause ?? error, procedure }, "A procedure failed.");
      },
    });
  }

  return server;
}

/** Decoded only for reading: pages are looked up in a list, so `..` is a name like any other. */
function pathOf(req: IncomingMessage): string | null {
  try {
    return decodeURIComponent((req.url ?? "/").split(/[?#]/, 1)[0] ?? "/");
  } catch {
    return null; // A broken %-escape: the client's mistake, answered as such.
  }
}

function setCommonHeaders(res: ServerResponse): void {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "no-referrer");
  res.setHeader("x-frame-options", "DENY");
}

function plain(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store" });
  res.end(`${text}\n`);
}

function allowListedOrigin(req: IncomingMessage, res: ServerResponse, origins: Origins): void {
  res.setHeader("vary", "origin");
  const origin = req.headers.origin;
  if (!origin || !origins.isListed(origin)) return;
  res.setHeader("access-control-allow-origin", origin);
  res.setHeader("access-control-allow-credentials", "true");
  res.setHeader("access-control-allow-methods", "GET, POST, OPTIONS");
  res.setHeader(
    "access-control-allow-headers",
    "authorization, content-type, x-guildhall-speaks-for, trpc-accept, x-trpc-source",
  );
  res.setHeader("access-control-max-age", "600");
}

/** What tRPC need not see, and why; null lets the request through. */
function judge(req: IncomingMessage, path: string, origins: Origins): Refusal | null {
  if (path.split(",").length > MAX_BATCH) return refusals.batch;
  if (Number(req.headers["content-length"] ?? 0) > bodyLimit(req, path)) {
    return isUpload(req, path) ? refusals.fileTooLarge : refusals.tooLarge;
  }
  if (req.method === "GET" || req.method === "HEAD") return null;
  const { origin, cookie, authorization, host } = req.headers;
  if (origin !== undefined) return origins.isAllowed(origin, host) ? null : refusals.origin;
  // A browser always says where a POST comes from. What does not say it is a tool, and tools bring a
  // token: a cookie without an origin is a sign of something in between.
  return cookie && !authorization ? refusals.origin : null;
}

function bodyLimit(req: IncomingMessage, path: string): number {
  return isUpload(req, path) ? MAX_UPLOAD : MB;
}

/**
 * Browsers and `fetch` send all of a form before they look for an answer; one that came while they
 * still send would be lost with the connection, and with it the reason. Within bounds, for the
 * person who chose the wrong file: nothing of it is kept.
 */
async function readAway(req: IncomingMessage): Promise<void> {
  if (Number(req.headers["content-length"]) > MAX_READ_AWAY) return;
  req.resume();
  // A sender that breaks off is what ends it too; the refusal is written to nobody then.
  await Promise.race([once(req, "end"), once(req, "close")]).catch(() => {});
}

function isUpload(req: IncomingMessage, path: string): boolean {
  return path === UPLOAD && /^multipart\/form-data\b/i.test(req.headers["content-type"] ?? "");
}
