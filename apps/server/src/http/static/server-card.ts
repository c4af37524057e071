import type { ServerResponse } from "node:http";
import { PROTOCOL_VERSION } from "@guildhall/api/protocol";

export const SERVER_CARD = "/.well-known/guildhall";

/**
 * By which an app knows a Guildhall, and whether the two can work together, before anybody has signed in. No
 * version of the software: whoever is not signed in is not told which holes to look for.
 */
const card = JSON.stringify({
  // What lives takes no other (live/serve.ts).
  guildhall: { protocol: PROTOCOL_VERSION, oldestProtocol: PROTOCOL_VERSION },
});

export function tellCard(res: ServerResponse): void {
  res.writeHead(200, {
    "content-type": "application/json",
    "cache-control": "no-store",
    // It is the same for everybody, and says nothing of anybody.
    "access-control-allow-origin": "*",
  });
  res.end(card);
}
