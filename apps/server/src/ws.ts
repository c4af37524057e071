import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { AnyRouter } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Log } from "./logger.ts";
import type { Origins } from "./origins.ts";

const MB = 1024 * 1024;

export type WsOptions<Context extends object> = {
  server: Server;
  router: AnyRouter;
  origins: Origins;
  /** Never throws: a client without a session gets a context too, and is refused call by call. */
  createContext: (
    req: IncomingMessage,
    params: Record<string, string | undefined> | null,
  ) => Context;
  /** Whether who opened this context is someone. */
  isSomeone: (context: Context) => Promise<boolean>;
  log: Log;
  /** How long a socket may stay open before it says who it is. */
  signInDeadlineMs?: number;
  /** Unsent bytes at which a reader that does not keep up is let go. */
  maxUnsentBytes?: number;
};

/**
 * The WebSocket side of /trpc. tRPC's own handler takes 100 MB frames, waits for ever for a client
 * to say who it is, asks no Origin and knows no back-pressure, so one upgrade handler stands before it.
 */
export function attachWebSockets<Context extends object>(
  options: WsOptions<Context>,
): { stop(graceMs: number): Promise<void> } {
  const wss = new WebSocketServer({ noServer: true, maxPayload: MB, perMessageDeflate: false });
  const onUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const problem = judgeUpgrade(req, options.origins);
    if (problem) return refuseUpgrade(socket, problem);
    wss.handleUpgrade(req, socket, head, (client) => wss.emit("connection", client, req));
  };
  options.server.on("upgrade", onUpgrade);

  const deadlines = new WeakMap<WebSocket, NodeJS.Timeout>();
  wss.on("connection", (client) => {
    // Too large a frame, bad UTF-8: ws closes the socket with the right code after this event.
    client.on("error", (error) => options.log.debug({ err: error }, "A socket broke."));
    const close = () => client.close(1008, "Sign in first.");
    deadlines.set(client, setTimeout(close, options.signInDeadlineMs ?? 10_000));
    client.once("close", () => clearTimeout(deadlines.get(client)));
    letGoWhenBehind(client, options.maxUnsentBytes ?? MB);
  });
  const handler = applyWSSHandler({
    wss,
    router: options.router,
    keepAlive: { enabled: true, pingMs: 20_000, pongWaitMs: 10_000 },
    createContext: async ({ req, res, info }) => {
      const context = options.createContext(req, info.connectionParams);
      if (await options.isSomeone(context)) clearTimeout(deadlines.get(res));
      return context;
    },
    onError: ({ error, path }) => {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      options.log.error({ err: error.cause ?? error, procedure: path }, "A procedure failed.");
    },
  });

  return {
    /** Asks every client to come back elsewhere or later, then ends the ones that stay. */
    async stop(graceMs) {
      options.server.off("upgrade", onUpgrade);
      options.server.on("upgrade", (_req, socket) =>
        refuseUpgrade(socket, "503 Service Unavailable"),
      );
      handler.broadcastReconnectNotification();
      for (const client of wss.clients) client.close(1012, "The server restarts.");
      await untilEmpty(wss, graceMs);
      for (const client of wss.clients) client.terminate();
      wss.close();
    },
  };
}

function judgeUpgrade(req: IncomingMessage, origins: Origins): string | null {
  if (req.url?.split("?", 1)[0] !== "/trpc") return "404 Not Found";
  const origin = req.headers.origin;
  // Browsers always send it; a client without it is no browser and carries nobody's cookies.
  if (origin !== undefined && !origins.isAllowed(origin, req.headers.host)) return "403 Forbidden";
  return null;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/**
 * A reader that stops reading would make us keep everything for it; it resumes by its cursor. What
 * lay unsent before this message counts, so that one large answer to a quick reader passes.
 */
function letGoWhenBehind(client: WebSocket, limit: number): void {
  const send = client.send;
  client.send = ((...args: Parameters<typeof send>) => {
    if (client.bufferedAmount > limit) client.terminate();
    else Reflect.apply(send, client, args);
  }) as typeof send;
}

function untilEmpty(wss: WebSocketServer, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (wss.clients.size === 0) return resolve();
    const timer = setTimeout(resolve, graceMs);
    for (const client of wss.clients) {
      client.once("close", () => {
        if (wss.clients.size > 0) return;
        clearTimeout(timer);
        resolve();
      });
    }
  });
}
