/** What the measured servers have in common: an HTTP server, and an order to send one change. */
import { createServer, type Server } from "node:http";

export function serve(
  name: string,
  send: (extra: string) => void,
  about: () => Promise<object> = async () => ({}),
): Server {
  const server = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? "/", "http://bench");
    if (pathname === "/bench/send") send("x".repeat(Number(searchParams.get("extra") ?? 0)));
    if (pathname === "/bench/collect") globalThis.gc?.();
    res.end(JSON.stringify(pathname === "/bench/about" ? await about() : {}));
  });
  // An order that meets a connection in the moment of its closing would be lost.
  server.keepAliveTimeout = 120_000;
  server.listen(0, "127.0.0.1", 4_096, () => {
    const address = server.address();
    if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
    process.stdout.write(`${name} is ready at http://127.0.0.1:${address.port}\n`);
  });
  process.on("SIGTERM", () => process.exit(0));
  return server;
}
