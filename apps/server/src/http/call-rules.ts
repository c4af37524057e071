/** What a call must be like before tRPC sees it: from whom, how large, how many at once. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Origins } from "./origins.ts";
import { type Refusal, refusals } from "./refusal.ts";
import { MAX_BATCH } from "./trpc-over-http.ts";

const MB = 1024 * 1024;
/** What is pasted into a document may be long: an update of 2 MB in base64, and what goes with it. */
const PUSH = "documents.push";
const MAX_PUSH = 4 * MB;

export function allowListedOrigin(
  req: IncomingMessage,
  res: ServerResponse,
  origins: Origins,
): void {
  res.setHeader("vary", "origin");
  const origin = req.headers.origin;
  if (!origin || !origins.isListed(origin)) return;
  res.setHeader("access-control-allow-origin", origin);
  res.setHeader("access-control-allow-credentials", "true");
  res.setHeader("access-control-allow-methods", "GET, POST, PUT, OPTIONS");
  res.setHeader(
    "access-control-allow-headers",
    "authorization, content-type, x-guildhall-speaks-for, trpc-accept, x-trpc-source, x-request-id, traceparent",
  );
  res.setHeader("access-control-expose-headers", "x-request-id, retry-after");
  res.setHeader("access-control-max-age", "600");
}

/** What tRPC need not see, and why; null lets the request through. */
export function judge(req: IncomingMessage, path: string, origins: Origins): Refusal | null {
  if (path.split(",").length > MAX_BATCH) return refusals.batch;
  if (Number(req.headers["content-length"] ?? 0) > bodyLimit(path)) return refusals.tooLarge;
  return judgeSender(req, origins);
}

/** Whether whoever sends this may act here with the cookie that comes along. */
export function judgeSender(req: IncomingMessage, origins: Origins): Refusal | null {
  if (req.method === "GET" || req.method === "HEAD") return null;
  const { origin, cookie, authorization, host } = req.headers;
  if (origin !== undefined) return origins.isAllowed(origin, host) ? null : refusals.origin;
  // A browser always says where a POST comes from. What does not say it is a tool, and tools bring a
  // token: a cookie without an origin is a sign of something in between.
  return cookie && !authorization ? refusals.origin : null;
}

export const bodyLimit = (path: string): number => (isPush(path) ? MAX_PUSH : MB);

export const isPush = (path: string): boolean => path.split(",").includes(PUSH);
