import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import postgres from "postgres";
import { besideUrl, socketFolder } from "../local-socket.ts";
import { openCluster, SUPERUSER } from "./cluster.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { type Cluster, startPostmaster, stopOrphan, stopPostmaster } from "./postmaster.ts";
import { keepRunning } from "./postmaster-keeper.ts";

export const DATABASE = "guildhall";

export type EmbeddedPostgres = {
  /** With the password: never log it. */
  url: string;
  port: number;
  stop(): Promise<void>;
};

type Options = {
  dataFolder: string;
  /** A free one on the loopback when not given. */
  port?: number;
  /** That it must take at once, where that is more than Postgres takes by itself. */
  connections?: number;
  log?: (message: string) => void;
};

/**
 * Starts a real Postgres in `<dataFolder>/postgres`, making it on the first start, and keeps it
 * running until `stop`. One process per data folder; what a killed process left behind (a lock file,
 * a running Postgres, a half-made folder) is cleared away. Every error is one sentence for a person.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const dataFolder = prepareDataFolder(options.dataFolder);
  const unlock = await lockDataFolder(dataFolder, 3_000);
  try {
    const { cluster, password } = await openCluster(dataFolder, { sync: true });
    if (await stopOrphan(cluster)) {
      log("Stopped a Postgres that was left running when Guildhall was killed.");
    }
    const { port, keeper } = await startOnFreePort(cluster, { ...options, log });
    const url = (name: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${name}`;
    try {
      await ensureDatabase(url);
    } catch (error) {
      await keeper.stop();
      throw error;
    }
    const stop = async () => {
      await keeper.stop();
      unlock();
    };
    return { url: besideUrl(url(DATABASE), cluster.folder), port, stop: onceOnly(stop) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** What is written to see whether there is room: less and Postgres could not start either. */
const TRIAL_BYTES = 256 * 1024;

/** The data folder, made if need be, in which something was written; or one sentence about why not. */
export function prepareDataFolder(given: string): string {
  const folder = path.resolve(given);
  const trial = path.join(folder, `.trial-${process.pid}`);
  try {
    makeFolder(folder);
    writeFileSync(trial, Buffer.alloc(TRIAL_BYTES));
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    // On a full disk an empty file is there all the same.
    if (code === "ENOSPC" || code === "EDQUOT") rmSync(trial, { force: true });
    throw new Error(whyNot(folder, code), { cause });
  }
  rmSync(trial, { force: true });
  return folder;
}

function whyNot(folder: string, code: string): string {
  if (code === "ENOSPC" || code === "EDQUOT") {
    return `The disk of ${folder} is full. Free up space and start again, or set GUILDHALL_DATA to a folder on another disk.`;
  }
  if (code === "EEXIST" || code === "ENOTDIR") {
    return `Can't write to the data folder ${folder}: it is a file, not a folder. Move the file, or set GUILDHALL_DATA to another folder.`;
  }
  return `Can't write to the data folder ${folder}. Give this user permission to write to it, or set GUILDHALL_DATA to another folder.`;
}

/** One by one: where a file system says of everything that it is not there, as /proc does, `recursive` never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: "ENOTDIR" });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return;
  }
  if (path.dirname(folder) !== folder && !existsSync(path.dirname(folder))) {
    makeFolder(path.dirname(folder));
  }
  mkdirSync(folder, { mode: 0o700 });
}

/** What Postgres takes unless told otherwise, of which it keeps some for its superuser. */
const CONNECTIONS = 100;
const RESERVED = 10;

async function startOnFreePort(
  cluster: Cluster,
  { port: wanted, connections = 0, log = () => {} }: Options,
) {
  const settings = {
    max_connections: String(Math.max(CONNECTIONS, connections + RESERVED)),
    unix_socket_directories: socketFolder(cluster.folder) ?? "",
  };
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort());
    try {
      const start = () => startPostmaster(cluster, port, settings);
      const keeper = keepRunning(await start(), {
        start,
        stop: (pid) => stopPostmaster(cluster, pid, "fast"),
        log,
      });
      return { port, keeper };
    } catch (error) {
      // Another program may take a port between the moment it was found free and its use.
      if (wanted !== undefined || attempt === 5 || !String(error).includes("is in use by"))
        throw error;
    }
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string")
    throw new Error("Couldn't find a free port.");
  return address.port;
}

/** The first start after initdb makes the database; a kill in between is made good by the next. */
async function ensureDatabase(url: (name: string) => string): Promise<void> {
  const sql = postgres(url("postgres"), { max: 1, onnotice: () => {}, fetch_types: false });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function onceOnly(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= stop();
    return stopping;
  };
}
