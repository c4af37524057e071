import type { IncomingMessage } from "node:http";

/**
 * Where a request comes from. The last entry of X-Forwarded-For is our own proxy's word; those
 * before it are the client's and may say anything, so without a proxy none of it is believed.
 */
export function clientAddress(trustProxy: boolean): (req: IncomingMessage) => string {
  return (req) => {
    const forwarded = trustProxy ? String(req.headers["x-forwarded-for"] ?? "") : "";
    return forwarded.split(",").at(-1)?.trim() || req.socket.remoteAddress || "unknown";
  };
}
