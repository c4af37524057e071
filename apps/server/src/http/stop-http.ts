import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";

/**
 * Answers how to stop a server without cutting an answer short: it takes no new connection, lets what
 * is under way finish, and says so in each answer, or a client would send its next request on a
 * connection that ends under it. What has not finished in time is cut.
 */
export function stoppable(server: Server): (graceMs: number) => Promise<void> {
  const open = new Set<ServerResponse>();
  let stopping = false;
  const sayLast = (res: ServerResponse) => {
    if (!res.headersSent) res.setHeader("connection", "close");
  };
  server.prependListener("request", (_req, res) => {
    if (stopping) sayLast(res);
    open.add(res);
    res.once("close", () => open.delete(res));
  });
  return async (graceMs) => {
    stopping = true;
    for (const res of open) sayLast(res);
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    const hurry = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(hurry);
  };
}
