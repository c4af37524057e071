import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { createSocketEncoder, type SocketSink } from "@guildhall/api/server";
import type { AnyRouter } from "@trpc/server";
import { getWSConnectionHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Arrivals } from "../http/arrivals.ts";
import type { Origins } from "../http/origins.ts";
import { type Log, logFailure } from "../telemetry/logger.ts";
import { boundFrames } from "./bound-frames.ts";
import { createMessageRate } from "./message-rate.ts";
import { createSocketSink, TRY_AGAIN_LATER } from "./socket-sink.ts";

const MB = 1024 * 1024;
const POLICY = 1008;
const RESTART = 1012;

export type WsLimits = {
  maxConnections: number;
  maxSubscriptions: number;
  heartbeatSeconds: number;
};

/** What an administrator may change while the server runs. */
export type SocketBounds = { connectionsPerPerson: number; messagesPerSecond: number };

export type WsOptions<Context extends object> = {
  server: Server;
  router: AnyRouter;
  origins: Origins;
  limits: WsLimits;
  /** As they hold now; asked for each message. */
  bounds: () => SocketBounds;
  /** Never throws: a client without a session gets a context too, and is refused call by call. */
  createContext: (
    req: IncomingMessage,
    params: Record<string, string | undefined> | null,
    sink: SocketSink,
  ) => Context;
  /** Who opened this context, by id; null for nobody. */
  whoIs: (context: Context) => Promise<string | null>;
  /** What is on its way to this process, counted. */
  arrivals: Arrivals;
  addressOf: (req: IncomingMessage) => string;
  log: Log;
  /** How long a socket may stay open before it says who it is. */
  signInDeadlineMs?: number;
  /** Unsent bytes at which a reader that does not keep up is disconnected. */
  maxUnsentBytes?: number;
};

type SocketStats = { sockets: number; subscriptions: number; terminated: number };

export type Sockets = {
  stats(): SocketStats;
  /** Asks every client to come back, spread over the first half of the time; ends those that stay. */
  stop(graceMs: number): Promise<void>;
};

/**
 * The WebSocket side of /trpc. tRPC's own handler takes 100 MB frames, waits for ever for a client
 * to say who it is, asks no Origin and knows no back-pressure, so one upgrade handler stands before
 * it; each socket gets a handler with an encoder of its own (see live/socket-encoder.ts of the api).
 */
export function attachWebSockets<Context extends object>(options: WsOptions<Context>): Sockets {
  const { limits, log } = options;
  const wss = new WebSocketServer({ noServer: true, maxPayload: MB, perMessageDeflate: false });
  const open = new Map<WebSocket, SocketSink>();
  const byUser = new Map<string, Set<WebSocket>>();
  let terminated = 0;

  const onUpgrade = (req: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const problem =
      open.size >= limits.maxConnections
        ? "503 Service Unavailable\r\nretry-after: 5"
        : judgeUpgrade(req, options.origins);
    if (problem) return refuseUpgrade(socket, problem);
    wss.handleUpgrade(req, socket, head, (client) => welcome(client, req, socket));
  };
  options.server.on("upgrade", onUpgrade);

  function welcome(client: WebSocket, req: IncomingMessage, socket: Duplex) {
    // Too large a frame, bad UTF-8: ws closes the socket with the right code after this event.
    client.on("error", (error) => log.debug({ err: error }, "A socket broke."));
    const frames = boundFrames(client, {
      socket,
      arrivals: options.arrivals,
      address: options.addressOf(req),
    });
    if (!frames) return client.close(TRY_AGAIN_LATER, "Too many that have not signed in yet.");
    const deadline = setTimeout(
      () => dismiss(client, POLICY, "Sign in first."),
      options.signInDeadlineMs ?? 10_000,
    );
    const encoding = /[?&]encoding=msgpack(&|$)/.test(req.url ?? "") ? "msgpack" : "json";
    const { maxUnsentBytes } = options;
    const { sink, subscriptions } = createSocketSink(client, socket, {
      encoding,
      maxSubscriptions: limits.maxSubscriptions,
      ...(maxUnsentBytes !== undefined && { maxUnsentBytes }),
      onTerminate: () => {
        terminated++;
        log.info({ unsent: client.bufferedAmount }, "Disconnected a client that couldn't keep up.");
      },
    });
    open.set(client, sink);
    client.once("close", () => {
      clearTimeout(deadline);
      open.delete(client);
    });
    limitRate(client, () => options.bounds().messagesPerSecond);
    const heartbeatMs = limits.heartbeatSeconds * 1_000;
    getWSConnectionHandler({
      wss,
      router: options.router,
      keepAlive: { enabled: true, pingMs: heartbeatMs, pongWaitMs: Math.min(10_000, heartbeatMs) },
      experimental_encoder: createSocketEncoder(encoding, subscriptions),
      createContext: async ({ info }) => {
        const context = options.createContext(req, info.connectionParams, sink);
        const userId = await options.whoIs(context);
        if (userId !== null) {
          clearTimeout(deadline);
          frames.signedIn(userId);
          admit(client, userId);
        }
        return context;
      },
      onError: ({ error, path }) => logFailure(log, error, path),
    })(client, req);
  }

  function admit(client: WebSocket, userId: string) {
    const theirs = byUser.get(userId) ?? new Set();
    if (theirs.size >= options.bounds().connectionsPerPerson) {
      return dismiss(client, TRY_AGAIN_LATER, "You have too many connections. Close some windows.");
    }
    byUser.set(userId, theirs.add(client));
    client.once("close", () => {
      theirs.delete(client);
      if (theirs.size === 0 && byUser.get(userId) === theirs) byUser.delete(userId);
    });
  }

  return {
    stats: () => {
      let subscriptions = 0;
      for (const sink of open.values()) subscriptions += sink.subscriptions.size;
      return { sockets: open.size, subscriptions, terminated };
    },
    async stop(graceMs) {
      options.server.off("upgrade", onUpgrade);
      options.server.on("upgrade", (_req, socket) =>
        refuseUpgrade(socket, "503 Service Unavailable\r\nretry-after: 1"),
      );
      await sendAway([...open.keys()], graceMs / 2);
      await untilEmpty(open, graceMs / 2);
      for (const client of open.keys()) client.close(RESTART, "The server restarts.");
      await untilEmpty(open, 500);
      for (const client of open.keys()) client.terminate();
      wss.close();
    },
  };
}

/** A standard client that is told why with `id: null` comes back with growing delays. */
function dismiss(client: WebSocket, code: number, why: string) {
  const data = { code: "TOO_MANY_REQUESTS", httpStatus: 429, reason: "dismissed" };
  client.send(JSON.stringify({ id: null, error: { json: { message: why, code: -32029, data } } }));
  client.close(code, why);
}

function limitRate(client: WebSocket, perSecond: () => number) {
  const mayPass = createMessageRate(perSecond);
  client.on("message", () => {
    if (!mayPass()) dismiss(client, POLICY, "Too many messages in a second.");
  });
}

const RECONNECT = JSON.stringify({ id: null, method: "reconnect" });
const SLICE = 100;

/**
 * Asks clients to move to another worker. A standard client opens its new socket first and leaves
 * the old one when it is served there, so nothing is missed. In slices: thousands that come at once
 * would find the other workers busy with nothing but sign-ins.
 */
async function sendAway(clients: WebSocket[], withinMs: number) {
  const pauses = Math.ceil(clients.length / SLICE);
  for (let i = 0; i < clients.length; i += SLICE) {
    for (const client of clients.slice(i, i + SLICE)) client.send(RECONNECT);
    if (i + SLICE < clients.length) await delay(Math.min(100, withinMs / pauses));
  }
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

async function untilEmpty(
  open: ReadonlyMap<WebSocket, SocketSink>,
  withinMs: number,
): Promise<void> {
  const until = performance.now() + withinMs;
  while (open.size > 0 && performance.now() < until) await delay(20);
}
