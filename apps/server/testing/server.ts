import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { initTRPC } from "@trpc/server";
import type { Pace } from "../src/http/arrival.ts";
import { createArrivals } from "../src/http/arrivals.ts";
import { createHttpServer } from "../src/http/http.ts";
import { createOrigins } from "../src/http/origins.ts";
import {
  attachWebSockets,
  type SocketBounds,
  type WsLimits,
  type WsOptions,
} from "../src/sockets/ws.ts";
import { createLog, type Log } from "../src/telemetry/logger.ts";
import { testOperations } from "./operations.ts";

type Context = { token: string | null; setCookie?: (cookie: string) => void };
const t = initTRPC.context<Context>().create();

type Held = { resolve: (answer: string) => void; signal?: AbortSignal | undefined };
const held = new Set<Held>();

/** Just enough of a router to see what reaches it. */
const router = t.router({
  ping: t.procedure.query(() => "pong"),
  big: t.procedure.query(() => "x".repeat(300_000)),
  list: t.procedure.query(() => Array.from({ length: 100 }, (_, i) => `Task number ${i}`)),
  cookie: t.procedure.query(({ ctx }) => {
    ctx.setCookie?.("session=secret");
    return "x".repeat(2_000);
  }),
  /** Answers when the test says so. */
  held: t.procedure.query(
    ({ signal }) => new Promise<string>((resolve) => held.add({ resolve, signal })),
  ),
  ticks: t.procedure.subscription(async function* () {
    yield "first";
    await new Promise<void>((resolve) => held.add({ resolve: () => resolve() }));
    yield "second";
  }),
  write: t.procedure.mutation(() => "written"),
});

/** The HTTP and WebSocket side around a small router and a page of three files. */
export async function startTestServer(
  options: Partial<Pick<WsOptions<Context>, "signInDeadlineMs" | "maxUnsentBytes">> & {
    limits?: Partial<WsLimits>;
    bounds?: Partial<SocketBounds>;
    maxWaiting?: number;
    metricsToken?: string;
    isHttps?: boolean;
    filesOrigin?: string;
    log?: Log;
    paces?: { call: Pace; file: Pace };
    takesLargePush?: (userId: string) => boolean;
  } = {},
) {
  const { limits, bounds, maxWaiting, metricsToken, log = createLog("silent"), paces } = options;
  const { isHttps, filesOrigin, signInDeadlineMs, maxUnsentBytes } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-web-"));
  const webFolder = path.join(folder, "web");
  mkdirSync(path.join(webFolder, "assets"), { recursive: true });
  writeFileSync(path.join(webFolder, "index.html"), "<!doctype html><title>Guildhall</title>");
  writeFileSync(path.join(webFolder, "app-paths.json"), JSON.stringify({ pattern: "^/(w/.+)?$" }));
  writeFileSync(path.join(webFolder, "assets", "index-B1a2C3d4.js"), "console.log('hello');");
  writeFileSync(path.join(webFolder, "favicon.svg"), "<svg/>");
  writeFileSync(path.join(folder, "secret.txt"), "not for the web");

  const origins = createOrigins({
    publicUrl: "https://guildhall.example.org",
    listed: ["https://tools.example.org"],
  });
  const state = { ready: true, writes: true };
  const arrivals = createArrivals();
  const whoIs = async ({ token }: Context) => (token === "good" ? "someone" : null);
  const server = createHttpServer({
    ...testOperations(),
    router,
    webFolder,
    origins,
    log,
    answerFile: async (_context, _req, res) => void res.end("a file"),
    answerUnsubscribe: async (_context, _req, res) => void res.end("a way out"),
    answerProvider: async () => false,
    ready: async () => ({ reads: state.ready, writes: state.writes }),
    ...(maxWaiting !== undefined && { maxWaiting }),
    metricsToken,
    whoIs,
    takesLargePush: options.takesLargePush ?? (() => true),
    arrivals,
    ...(paces && { paces }),
    ...(isHttps !== undefined && { isHttps }),
    ...(filesOrigin && { filesOrigin }),
    createContext: (req, res) => ({
      token: /^Bearer (.+)$/.exec(req.headers.authorization ?? "")?.[1] ?? null,
      setCookie: (cookie: string) => void res.appendHeader("set-cookie", cookie),
    }),
  });
  const sockets = attachWebSockets<Context>({
    server,
    router,
    origins,
    log,
    createContext: (_req, params) => ({ token: params?.token ?? null }),
    limits: {
      maxConnections: 100,
      maxSubscriptions: 100,
      heartbeatSeconds: 20,
      ...limits,
    },
    bounds: () => ({ connectionsPerPerson: 100, messagesPerSecond: 1_000, ...bounds }),
    whoIs,
    arrivals,
    addressOf: () => "127.0.0.1",
    ...(signInDeadlineMs !== undefined && { signInDeadlineMs }),
    ...(maxUnsentBytes !== undefined && { maxUnsentBytes }),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  return {
    state,
    held,
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    ws: `ws://127.0.0.1:${address.port}/trpc`,
    sockets,
    async stop() {
      await sockets.stop(100);
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
