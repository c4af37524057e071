import cluster from "node:cluster";
import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import path from "node:path";
import {
  type ApiConfig,
  answerFile,
  answerProvider,
  answerUnsubscribe,
  appRouter,
  createContext,
  createMailer,
  createServices,
  instanceSettings,
} from "@guildhall/api/server";
import { readAbout } from "./about.ts";
import { fileStoreOf } from "./connections/file-store.ts";
import { openBus } from "./connections/open-bus.ts";
import { explainUnreachable, openDatabase } from "./connections/open-database.ts";
import { createArrivals } from "./http/arrivals.ts";
import { clientAddress } from "./http/client-address.ts";
import { createHttpServer } from "./http/http.ts";
import { createOrigins } from "./http/origins.ts";
import { stoppable } from "./http/stop-http.ts";
import type { Env } from "./settings/env.ts";
import { keptSecret } from "./settings/kept-secret.ts";
import { attachWebSockets } from "./sockets/ws.ts";
import type { Log } from "./telemetry/logger.ts";
import { type Operations, startOperations } from "./telemetry/operations.ts";

/** The pages of the desktop app, which always may call with their token. */
const DESKTOP_ORIGIN = "app://guildhall";
/** The same place from `src/` and from the bundle in `dist/`. */
const WEB_FOLDER = path.join(import.meta.dirname, "..", "..", "desktop", "dist", "web");

/** For requests and sockets, of the ten seconds that a stop may take; the rest is for jobs under way. */
const GRACE_MS = 4_500;

type Steps = (() => Promise<void>)[];

export type Guildhall = { url: string; stop(): Promise<void> };

/** Database, schema, services, listening: in this order, and stopped in the opposite one. */
export async function startGuildhall(env: Env, log: Log): Promise<Guildhall> {
  const undo: Steps = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const operations = await startOperations(env, log);
    undo.push(operations.stop);
    const databaseUrl = await databaseFor(env, log, undo);
    const bus = await openBus(env, log);
    if (bus) undo.push(() => bus.stop());
    const services = await createServices({
      databaseUrl,
      pool: env.DB_POOL_SIZE + env.DB_MAX_OVERFLOW,
      warm: env.DB_POOL_SIZE,
      config: apiConfig(env, log),
      telemetry: operations.telemetry,
      files: await fileStoreOf(env),
      ...(env.MEILISEARCH_URL && {
        meilisearch: { url: env.MEILISEARCH_URL, key: env.MEILISEARCH_KEY },
      }),
      ...(bus && { bus }),
    }).catch(explainUnreachable);
    undo.push(() => services.stop());
    const url = await serve({ env, log, services, operations, undo });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A worker finds it ready: the primary opened it for all. */
async function databaseFor(env: Env, log: Log, undo: Steps): Promise<string> {
  if (cluster.isWorker && env.databaseUrl) return env.databaseUrl;
  const database = await openDatabase(env, log);
  undo.push(database.stop);
  return database.url;
}

/** Given, or made once and kept in the data folder: the same for all workers. */
export function jwtSecretOf(env: Env): string {
  return env.JWT_SECRET ?? keptSecret(env.GUILDHALL_DATA, "jwt-secret");
}

function apiConfig(env: Env, log: Log) {
  const publicUrl = env.PUBLIC_URL ?? `http://${hostForPeople(env.HOST)}:${env.PORT}`;
  return {
    about: readAbout(WEB_FOLDER),
    jwtSecret: jwtSecretOf(env),
    jwtAlgorithm: env.JWT_ALGORITHM,
    fixedSettings: fixedSettings(env),
    providers: env.providers,
    changesKeepDays: env.CHANGES_KEEP_DAYS,
    notificationsKept: {
      days: env.NOTIFICATIONS_KEEP_DAYS,
      doneDays: env.NOTIFICATIONS_DONE_KEEP_DAYS,
    },
    publicUrl,
    secureCookies: publicUrl.startsWith("https:"),
    sendsMail: env.SMTP_URL !== undefined,
    mailAfterMinutes: env.MAIL_AFTER_MINUTES,
    sendMail: createMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, log }),
    log,
  };
}

/** What is given wins over what an administrator sets in the app; what is not, leaves it to them. */
function fixedSettings(env: Env): ApiConfig["fixedSettings"] {
  const read: Record<string, unknown> = env;
  const given = Object.entries(instanceSettings).flatMap(([name, { variable }]) => {
    const value = read[variable];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
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
  undo: Steps;
};

async function serve({ env, log, services, operations, undo }: Parts) {
  const origins = createOrigins({
    publicUrl: env.PUBLIC_URL,
    listed: [...env.ALLOWED_ORIGINS, DESKTOP_ORIGIN],
  });
  const addressOf = clientAddress(env.TRUST_PROXY, log);
  const { metrics, telemetry } = operations;
  const contextOf = (req: IncomingMessage, res: ServerResponse) =>
    createContext(services, { req, res, clientAddress: addressOf(req) });
  const arrivals = createArrivals();
  const whoIs = async ({ findActor }: ReturnType<typeof createContext>) =>
    (await findActor())?.user.id ?? null;
  const filesOrigin =
    env.MINIO_ENDPOINT && env.MINIO_PUBLIC_URL ? new URL(env.MINIO_PUBLIC_URL).origin : null;
  const server = createHttpServer({
    filesOrigin,
    isHttps: env.PUBLIC_URL?.startsWith("https:") ?? false,
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
    createContext: contextOf,
    whoIs,
    takesLargePush: (userId) => services.documentLog.takesLarge(userId),
    arrivals,
    answerFile,
    answerUnsubscribe,
    answerProvider,
  });
  const sockets = attachWebSockets({
    server,
    router: appRouter,
    origins,
    log,
    limits: {
      maxConnections: env.WS_MAX_CONNECTIONS,
      maxSubscriptions: env.WS_MAX_SUBSCRIPTIONS,
      heartbeatSeconds: env.WS_HEARTBEAT_INTERVAL,
    },
    bounds: () => services.settings.last,
    createContext: (req, connectionParams, socket) =>
      createContext(services, { req, connectionParams, socket, clientAddress: addressOf(req) }),
    whoIs,
    arrivals,
    addressOf,
  });
  metrics.watch({ services, sockets });
  const stopHttp = stoppable(server);
  const port = await listen(server, env);
  undo.push(async () => {
    await Promise.all([stopHttp(GRACE_MS), sockets.stop(GRACE_MS)]);
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
        ? `Port ${env.PORT} on ${env.HOST} is in use by another program. Stop it, or set PORT to another number, for example PORT=8002.`
        : `Guildhall can't listen on ${env.HOST}:${env.PORT}: check HOST and PORT.`,
      { cause },
    );
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : env.PORT;
}
