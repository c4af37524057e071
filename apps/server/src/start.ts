import { once } from "node:events";
import type { Server } from "node:http";
import path from "node:path";
import { appRouter, createContext, createServices } from "@guildhall/api/server";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { clientAddress } from "./client-address.ts";
import type { Env } from "./env.ts";
import { createHttpServer } from "./http.ts";
import { keptSecret } from "./kept-secret.ts";
import type { Log } from "./logger.ts";
import { createMailer } from "./mail.ts";
import { type Operations, startOperations } from "./operations.ts";
import { createOrigins } from "./origins.ts";
import { attachWebSockets } from "./ws.ts";

/** The pages of the desktop app, which always may call with their token. */
const DESKTOP_ORIGIN = "app://guildhall";
/** The same place from `src/` and from the bundle in `dist/`. */
const WEB_FOLDER = path.join(import.meta.dirname, "..", "..", "desktop", "dist", "web");

export type Guildhall = { url: string; stop(): Promise<void> };

/** Database, schema, services, listening: in this order, and stopped in the opposite one. */
export async function startGuildhall(env: Env, log: Log): Promise<Guildhall> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const operations = await startOperations(env, log);
    undo.push(operations.stop);
    const databaseUrl = await openDatabase(env, log, undo);
    const services = await createServices({
      databaseUrl,
      pool: env.DB_POOL_SIZE + env.DB_MAX_OVERFLOW,
      config: apiConfig(env, log),
      telemetry: operations.telemetry,
    });
    undo.push(() => services.stop());
    const url = await serve({ env, log, services, operations, undo });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabase(env: Env, log: Log, undo: (() => Promise<void>)[]): Promise<string> {
  if (env.databaseUrl) {
    await migrate(env.databaseUrl).catch(explainUnreachable);
    return env.databaseUrl;
  }
  const postgres = await startEmbeddedPostgres({
    dataFolder: env.GUILDHALL_DATA,
    log: (message) => log.warn({}, message),
  });
  undo.push(() => postgres.stop());
  await migrate(postgres.url);
  return postgres.url;
}

function explainUnreachable(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (/^(ECONN|ENOTFOUND|EHOST|ETIMEDOUT|CONNECT|28|3D)/.test(code)) {
    throw new Error(
      `The database of DATABASE_URL or DB_SERVER cannot be used (${error instanceof Error ? error.message : code}): check its address, account and password.`,
      { cause: error },
    );
  }
  throw error;
}

function apiConfig(env: Env, log: Log) {
  const publicUrl = env.PUBLIC_URL ?? `http://${hostForPeople(env.HOST)}:${env.PORT}`;
  return {
    jwtSecret: env.JWT_SECRET ?? keptSecret(env.GUILDHALL_DATA, "jwt-secret"),
    jwtAlgorithm: env.JWT_ALGORITHM,
    sessionMinutes: env.JWT_EXPIRATION_MINUTES,
    registration: env.REGISTRATION,
    publicUrl,
    secureCookies: publicUrl.startsWith("https:"),
    sendMail: createMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, log }),
    log,
  };
}

/** 0.0.0.0 means every address of the machine; a browser on it wants a name it can open. */
function hostForPeople(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

type Services = Awaited<ReturnType<typeof createServices>>;

type Parts = {
  env: Env;
  log: Log;
  services: Services;
  operations: Operations;
  undo: (() => Promise<void>)[];
};

async function serve({ env, log, services, operations, undo }: Parts) {
  const origins = createOrigins({
    publicUrl: env.PUBLIC_URL,
    listed: [...env.ALLOWED_ORIGINS, DESKTOP_ORIGIN],
  });
  const addressOf = clientAddress(env.TRUST_PROXY);
  const { metrics, telemetry } = operations;
  const server = createHttpServer({
    router: appRouter,
    origins,
    log,
    webFolder: WEB_FOLDER,
    addressOf,
    maxWaiting: env.HTTP_MAX_WAITING,
    metrics,
    metricsToken: env.METRICS_TOKEN,
    telemetry,
    ready: () => services.ready(),
    createContext: (req, res) =>
      createContext(services, { req, res, clientAddress: addressOf(req) }),
  });
  const sockets = attachWebSockets({
    server,
    router: appRouter,
    origins,
    log,
    limits: {
      maxConnections: env.WS_MAX_CONNECTIONS,
      maxConnectionsPerUser: env.WS_MAX_CONNECTIONS_PER_USER,
      maxSubscriptions: env.WS_MAX_SUBSCRIPTIONS,
      messagesPerSecond: env.WS_MESSAGES_PER_SECOND,
      heartbeatSeconds: env.WS_HEARTBEAT_INTERVAL,
    },
    createContext: (req, connectionParams, wire) =>
      createContext(services, { req, connectionParams, wire, clientAddress: addressOf(req) }),
    whoIs: async ({ credentials }) => (await services.authenticate(credentials))?.user.id ?? null,
  });
  metrics.watch({ services, sockets });
  const port = await listen(server, env);
  undo.push(async () => {
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    await sockets.stop(2_000);
    // Requests under way may finish; who keeps a connection open for nothing is let go.
    const hurry = setTimeout(() => server.closeAllConnections(), 4_000);
    await closed;
    clearTimeout(hurry);
  });
  return `http://${hostForPeople(env.HOST)}:${port}`;
}

async function listen(server: Server, env: Env): Promise<number> {
  server.listen(env.PORT, env.HOST);
  try {
    await once(server, "listening");
  } catch (cause) {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    throw new Error(
      taken
        ? `Port ${env.PORT} on ${env.HOST} is taken by another program: stop it, or set PORT to another number, for example PORT=8002.`
        : `Guildhall cannot listen on ${env.HOST}:${env.PORT}: check HOST and PORT.`,
      { cause },
    );
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : env.PORT;
}
