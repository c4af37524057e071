import cluster from "node:cluster";
import { prepareDataFolder } from "@guildhall/db/embedded";
import { onParentMessage, tellParent } from "./parent.ts";
import { type Env, loadEnvFile, readEnv, SettingsError } from "./settings/env.ts";
import { unreadSettings } from "./settings/unread-settings.ts";
import { startGuildhall } from "./start.ts";
import { createLog, type Log } from "./telemetry/logger.ts";
import { isStop, WORKER_STOP_MS } from "./workers/worker-messages.ts";
import { startWorkers } from "./workers/workers.ts";

/** The workers, one that hangs, and the built-in Postgres, which is stopped after them. */
const PRIMARY_STOP_MS = WORKER_STOP_MS + 12_000;
/** Ctrl-C under npm or a watcher arrives two or three times at once; that is one wish. */
const SAME_WISH_MS = 1_000;

/** For a person at a terminal: what is wrong, without a stack; that is for who looks closer, or changes us. */
function giveUp(error: unknown) {
  const sentence = error instanceof Error ? error.message : String(error);
  const { LOG_LEVEL, NODE_ENV } = process.env;
  const isLookedInto = LOG_LEVEL === "debug" || NODE_ENV === "development";
  if (isLookedInto && !(error instanceof SettingsError)) console.error(error);
  if (!cluster.isWorker) process.stderr.write(`Guildhall can't start.\n${sentence}\n`);
  tellParent({ failed: sentence }, () => process.exit(1));
}

/** Resolves with the reason when someone wants this process to stop. */
function askedToStop(): Promise<string> {
  const asked = Promise.withResolvers<string>();
  let askedAt = 0;
  const ask = (why: string) => {
    // The second time someone means it: what is committed is safe, whatever ends now.
    if (askedAt && Date.now() - askedAt > SAME_WISH_MS) process.exit(130);
    askedAt ||= Date.now();
    asked.resolve(why);
  };
  process.on("SIGINT", () => ask("SIGINT"));
  process.on("SIGTERM", () => ask("SIGTERM"));
  // `npm start` holds the other end: when it is gone, however it went, nobody is left to stop us.
  // (A worker whose primary is gone is ended by node:cluster.)
  process.once("disconnect", () => ask("the end of npm start"));
  onParentMessage((message) => {
    if (isStop(message)) asked.resolve("who started it");
  });
  return asked.promise;
}

async function start(env: Env, log: Log) {
  // Before anything is kept in it: the database, the secret, the files.
  const isUsed = !env.databaseUrl || !env.JWT_SECRET || !env.MINIO_ENDPOINT;
  if (cluster.isPrimary && isUsed) prepareDataFolder(env.GUILDHALL_DATA);
  if (env.WORKERS === 1) return startGuildhall(env, log);
  if (cluster.isPrimary) {
    const workers = await startWorkers(env, log);
    process.on("SIGHUP", () => void workers.restart());
    return workers;
  }
  // Meant for the primary, and sent to its whole group.
  process.on("SIGHUP", () => {});
  return startGuildhall(env, log);
}

async function main(): Promise<void> {
  const inFile = loadEnvFile();
  const env = readEnv(process.env);
  const log = createLog(env.LOG_LEVEL);
  const unread = cluster.isPrimary ? unreadSettings({ source: process.env, inFile }) : [];
  if (unread.length > 0)
    log.warn({}, `Settings that Guildhall doesn't read: ${unread.join("; ")}.`);
  const asked = askedToStop();
  const guildhall = await start(env, log);
  tellParent({ ready: guildhall.url });
  if (cluster.isPrimary) process.stdout.write(`Guildhall is ready at ${guildhall.url}\n`);
  log.info({ reason: await asked }, "Stopping: finishing requests in progress.");
  const late = setTimeout(
    () => {
      log.error({}, "Guildhall didn't stop in time and is being ended. Saved data is safe.");
      process.exit(1);
    },
    env.WORKERS > 1 && cluster.isPrimary ? PRIMARY_STOP_MS : WORKER_STOP_MS,
  );
  await guildhall.stop();
  clearTimeout(late);
  process.exit(0);
}

main().catch(giveUp);
