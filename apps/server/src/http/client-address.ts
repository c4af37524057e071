import type { IncomingMessage } from "node:http";
import type { Log } from "../telemetry/logger.ts";

/**
 * Where a request comes from. Each proxy adds whom it heard it from at the end of X-Forwarded-For, so of
 * `proxies` of our own the last as many entries are their word; those before them are the client's and
 * may say anything. Without a proxy none of it is believed.
 */
export function clientAddress(proxies: number, log: Log): (req: IncomingMessage) => string {
  let isWarned = false;
  return (req) => {
    const forwarded = String(req.headers["x-forwarded-for"] ?? "");
    if (forwarded && proxies === 0 && !isWarned) {
      isWarned = true;
      log.warn(
        {},
        "A request came with X-Forwarded-For, which is ignored. If Guildhall runs behind a proxy, set TRUST_PROXY=true (or the number of proxies in a row); otherwise everyone counts as one address.",
      );
    }
    const entries = proxies > 0 ? forwarded.split(",").map((each) => each.trim()) : [];
    return entries.at(-Math.min(proxies, entries.length)) || req.socket.remoteAddress || "unknown";
  };
}
