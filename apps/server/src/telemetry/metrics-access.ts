import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOCAL_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Who stands at this machine, or knows the token. A proxy on this machine calls from here too, for
 * people elsewhere: it says so, or it asks for the name that they asked for. So does a browser here
 * that a foreign page sends.
 */
export function mayReadMetrics(req: IncomingMessage, token: string | undefined): boolean {
  const { authorization, host } = req.headers;
  if (token && authorization) return isSame(authorization, `Bearer ${token}`);
  const isForwarded = FORWARDED.some((name) => req.headers[name] !== undefined);
  if (isForwarded || !LOCAL_NAME.test(host ?? "")) return false;
  return LOOPBACK.test(req.socket.remoteAddress ?? "");
}

/** In the same time wherever they differ. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
