import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import {
  DESKTOP,
  inRequest,
  newRequest,
  PROVIDERS,
  type ProviderCall,
  type Readiness,
  type RequestScope,
  UNSUBSCRIBE,
} from "@guildhall/api/server";
import type { AnyRouter } from "@trpc/server";
import type { TRPCRequestInfo } from "@trpc/server/http";
import { createFilesOverHttp } from "../files/files-over-http.ts";
import { type Asked, type Log, logRequest } from "../telemetry/logger.ts";
import type { Destination, Metrics } from "../telemetry/metrics.ts";
import { mayReadMetrics } from "../telemetry/metrics-access.ts";
import type { ServerTelemetry } from "../telemetry/telemetry.ts";
import { boundArrival, type Pace, paces } from "./arrival.ts";
import { type Arrivals, boundConnections } from "./arrivals.ts";
import { allowListedOrigin, bodyLimit, isPush, judge } from "./call-rules.ts";
import type { Origins } from "./origins.ts";
import { readAway } from "./read-away.ts";
import { readBody, STRANGERS_BYTES } from "./read-body.ts";
import { refusals, refuse } from "./refusal.ts";
import { createClientPackage } from "./static/client-package.ts";
import { SERVER_CARD, tellCard } from "./static/server-card.ts";
import { createStaticPages } from "./static/static-pages.ts";
import { createTrpcOverHttp } from "./trpc-over-http.ts";

/**
 * A proxy keeps connections for its next request, mostly for a minute. Node would close them after
 * five seconds, at times in the moment in which a request is on its way: a write that the proxy may
 * not repeat then ends as its 502.
 */
const TIMEOUTS = {
  headersTimeout: 20_000,
  requestTimeout: 0,
  keepAliveTimeout: 75_000,
  /** How often those are looked at: half a minute, node's own, would be added to each of them. */
  connectionsCheckingInterval: 5_000,
};

export type HttpOptions<Context extends object> = {
  router: AnyRouter;
  createContext: (req: IncomingMessage, res: ServerResponse) => Context;
  /** Whose context this is, by id; null for nobody's. */
  whoIs: (context: Context) => Promise<string | null>;
  /** Whether a large push of this account would be looked at now. */
  takesLargePush: (userId: string) => boolean;
  /** What is on its way to this process, counted. */
  arrivals: Arrivals;
  /** How fast a call and a file have to come. */
  paces?: { call: Pace; file: Pace };
  /** What is under `/files/` and `/desktop/`. */
  answerFile: (context: Context, req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** What a mail's link to its end opens, for whoever has that link. */
  answerUnsubscribe: (context: Context, req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** What is under `/auth/oidc/`; false when there is nothing at that address. */
  answerProvider: (context: Context, call: ProviderCall, res: ServerResponse) => Promise<boolean>;
  /** Where the page has files from, when that is not this server. */
  filesOrigin?: string | null;
  /** People reach it over https: then browsers are told to come no other way. */
  isHttps?: boolean;
  ready: () => Promise<Readiness>;
  origins: Origins;
  webFolder: string;
  log: Log;
  addressOf: (req: IncomingMessage) => string;
  /** HTTP_MAX_WAITING. */
  maxWaiting: number;
  metrics: Metrics;
  metricsToken: string | undefined;
  telemetry: ServerTelemetry;
};

export function createHttpServer<Context extends object>(options: HttpOptions<Context>): Server {
  const { log, metrics, telemetry } = options;
  const servePage = createStaticPages(options.webFolder, options.filesOrigin);
  const serveClient = createClientPackage();
  const procedures = new Set(Object.keys(options.router._def.procedures));
  const trpc = createTrpcOverHttp({ ...options, onTurnedAway: metrics.turnedAway });
  const files = createFilesOverHttp(options);
  const metricsText = metrics.text();
  metrics.underWay(trpc.underWay);
  metrics.arriving(options.arrivals.bytes);
  const pace = options.paces ?? paces;

  const server = createServer(TIMEOUTS, (req, res) => {
    const scope = scopeOf(req);
    res.setHeader("x-request-id", scope.id);
    setCommonHeaders(res, options.isHttps ?? false);
    void inRequest(scope, () => answer(req, res, scope));
  });

  async function answer(req: IncomingMessage, res: ServerResponse, scope: RequestScope) {
    const pathname = pathOf(req);
    const asked: Asked = { to: destinationOf(pathname), address: options.addressOf(req) };
    boundArrival(req, asked.to === "files" ? pace.file : pace.call);
    logRequest({ log, req, res, scope, asked, onDone: metrics.answered });
    try {
      await telemetry.request(req, res, () => route(req, res, pathname, asked));
    } catch (error) {
      log.error({ err: error }, "A request failed.");
      if (res.headersSent) res.destroy();
      else refuse(res, refusals.internal);
    }
  }

  async function route(
    req: IncomingMessage,
    res: ServerResponse,
    pathname: string | null,
    asked: Asked,
  ): Promise<void> {
    if (pathname === null) return refuse(res, refusals.badAddress);
    if (pathname === "/healthz") return plain(res, 200, "ok");
    if (pathname === "/readyz") {
      const { reads, writes } = await options.ready();
      if (!reads) return plain(res, 503, "not ready: the database does not answer");
      // Whoever only asks for reads keeps its people here: they can still see everything.
      if (!writes)
        return plain(
          res,
          readsOnly(req) ? 200 : 503,
          "reads only: the disk of the database is full",
        );
      return plain(res, 200, "ready");
    }
    if (pathname === "/metrics") return tellMetrics(req, res);
    if (asked.to === "trpc") return callTrpc(req, res, pathname, asked);
    if (asked.to === "files") return files(req, res);
    if (pathname === UNSUBSCRIBE) {
      void readAway(req, res);
      return options.answerUnsubscribe(options.createContext(req, res), req, res);
    }
    if (pathname.startsWith(PROVIDERS)) return callProvider(req, res, asked);
    if (pathname === SERVER_CARD) return tellCard(res);
    if (pathname === "/client.tgz") return serveClient(req, res);
    await servePage(req, res, pathname);
  }

  async function callTrpc(
    req: IncomingMessage,
    res: ServerResponse,
    pathname: string,
    asked: Asked,
  ): Promise<void> {
    allowListedOrigin(req, res, options.origins);
    if (req.method === "OPTIONS") return void res.writeHead(204).end();
    const path = pathname.slice("/trpc/".length);
    asked.procedures = path.split(",").map((name) => (procedures.has(name) ? name : "unknown"));
    const refusal = judge(req, path, options.origins);
    if (refusal) return refuse(res, refusal);
    res.setHeader("cache-control", "no-store");
    await trpc.answer({
      req,
      res,
      path,
      address: asked.address,
      maxBodySize: bodyLimit(path),
      isPush: isPush(path),
      onInfo: (info) => {
        asked.workspaceId = () => workspaceOf(info);
      },
    });
  }

  async function callProvider(req: IncomingMessage, res: ServerResponse, asked: Asked) {
    const sender = { address: asked.address, whoIs: async () => null };
    const read = await readBody(options.arrivals, { req, sender, limit: STRANGERS_BYTES });
    if (read === null) return;
    if ("reason" in read) return refuse(res, read);
    try {
      const { method = "GET", url = "", headers } = req;
      const call = { method, url, host: headers.host, body: read.text };
      const isThere = await options.answerProvider(options.createContext(req, res), call, res);
      if (!isThere) refuse(res, refusals.notFound);
    } finally {
      read.done();
    }
  }

  async function tellMetrics(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // Whoever may not read it does not learn that it is there.
    if (!mayReadMetrics(req, options.metricsToken)) return refuse(res, refusals.notFound);
    const text = await metricsText();
    res.writeHead(200, {
      "content-type": metrics.registry.contentType,
      "cache-control": "no-store",
    });
    res.end(text);
  }

  boundConnections(server, options.arrivals);
  return server;
}

/** `/readyz?reads` */
const readsOnly = (req: IncomingMessage) => /\?reads\b/.test(req.url ?? "");

/** A proxy's or a tool's own id is kept, so that one word finds the request in all logs. */
function scopeOf(req: IncomingMessage): RequestScope {
  const given = req.headers["x-request-id"];
  const isUsable = typeof given === "string" && /^[\w.:-]{8,128}$/.test(given);
  return isUsable ? { id: given } : newRequest();
}

/** Decoded only for reading: pages are looked up in a list, so `..` is a name like any other. */
function pathOf(req: IncomingMessage): string | null {
  try {
    return decodeURIComponent((req.url ?? "/").split(/[?#]/, 1)[0] ?? "/");
  } catch {
    return null; // A broken %-escape: the client's mistake, answered as such.
  }
}

function destinationOf(pathname: string | null): Destination {
  if (pathname === "/trpc" || pathname?.startsWith("/trpc/")) return "trpc";
  if (pathname?.startsWith("/files/") || pathname?.startsWith(DESKTOP)) return "files";
  return /^\/(healthz|readyz|metrics)$/.test(pathname ?? "") ? "operations" : "page";
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The workspace that a call's input names, if it does. */
function workspaceOf(info: TRPCRequestInfo): string | undefined {
  for (const call of info.calls) {
    const input = call.result();
    if (typeof input !== "object" || input === null || !("workspaceId" in input)) continue;
    const { workspaceId } = input;
    if (typeof workspaceId === "string" && ID.test(workspaceId)) return workspaceId;
  }
  return undefined;
}

function setCommonHeaders(res: ServerResponse, isHttps: boolean): void {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "no-referrer");
  res.setHeader("x-frame-options", "DENY");
  // Of this host only: its neighbours are not ours to speak for.
  if (isHttps) res.setHeader("strict-transport-security", "max-age=31536000");
}

function plain(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store" });
  res.end(`${text}\n`);
}
