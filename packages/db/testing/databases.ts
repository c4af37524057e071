import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { openCluster, SUPERUSER } from "../src/embedded/cluster.ts";
import { lockDataFolder } from "../src/embedded/data-folder-lock.ts";
import { freePort } from "../src/embedded/embedded.ts";
import {
  type StopMode,
  startPostmaster,
  stopOrphan,
  stopPostmaster,
} from "../src/embedded/postmaster.ts";

/** Where a test run's Postgres is: set by global-setup.ts, inherited by every test process. */
export const TEST_POSTGRES = "GUILDHALL_TEST_POSTGRES";
export const TEMPLATE = "guildhall_template";
const PREFIX = "guildhall-test-";

/**
 * Nothing of a test's database has to outlive the machine's power; a crash of Postgres it must, so
 * synchronous_commit stays on (without fsync it costs next to nothing).
 */
const FAST = {
  fsync: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_connections: "400",
  autovacuum: "off",
};

export type DisposablePostgres = {
  url: string;
  port: number;
  /** `immediate` is what a crash of Postgres looks like to its clients. */
  stop(mode?: StopMode): Promise<void>;
  /** Again on the same port, with the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
};

/** A Postgres of the test's own, for tests that stop and start it. */
export async function startDisposablePostgres(
  settings: Record<string, string> = {},
): Promise<DisposablePostgres> {
  await removeAbandoned();
  const folder = mkdtempSync(path.join(tmpdir(), PREFIX));
  const unlock = await lockDataFolder(folder, 0);
  const { cluster, password } = await openCluster(folder, { sync: false });
  const port = await freePort();
  const start = () => startPostmaster(cluster, port, { ...FAST, ...settings });
  let running = await start().then((started) => started, removeAndThrow);

  function removeAndThrow(error: unknown): never {
    removeFolder(folder, unlock);
    throw error;
  }
  const stop = async (mode: StopMode = "fast") => {
    // Else a process with nothing more to do ends before it hears of this.
    running.hold();
    await stopPostmaster(cluster, running.pid, mode);
    await running.exited;
  };
  return {
    url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    port,
    stop,
    async start() {
      running = await start();
    },
    async remove() {
      await stop("immediate");
      removeFolder(folder, unlock);
    },
  };
}

/** A killed test run leaves its Postgres running and its folder behind: clear both away. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(tmpdir(), name);
    try {
      const unlock = await lockDataFolder(folder, 0);
      const { cluster } = await openCluster(folder, { sync: false });
      await stopOrphan(cluster);
      removeFolder(folder, unlock);
    } catch {
      // Held by a live run, or being removed by another one right now.
    }
  }
}

/**
 * Under another name first: between the end of the lock and the end of the folder another run would
 * take it for abandoned, and put files into it.
 */
function removeFolder(folder: string, unlock: () => void): void {
  const gone = `${folder}.gone`.replace(PREFIX, "guildhall-removed-");
  renameSync(folder, gone);
  unlock();
  rmSync(gone, { recursive: true, force: true });
}

/** A database of the test file's own: a copy of the migrated template or of the one named, or an empty one. */
export async function createTestDatabase(
  options: { empty?: boolean; copyOf?: string } = {},
): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env[TEST_POSTGRES];
  if (!server)
    throw new Error("No test Postgres: run through vitest, whose globalSetup starts it.");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const template = options.empty ? "template0" : (options.copyOf ?? TEMPLATE);
  await asAdmin(server, (sql) =>
    sql.unsafe(`create database ${name} template ${template} strategy file_copy`),
  );
  return {
    url: withDatabase(server, name),
    drop: () =>
      asAdmin(server, (sql) => sql.unsafe(`drop database if exists ${name} with (force)`)),
  };
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asAdmin(
  url: string,
  work: (sql: postgres.Sql) => PromiseLike<unknown>,
): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Makes the database that `createTestDatabase` copies; nobody may stay connected to it. */
export async function createTemplate(
  server: string,
  migrate: (url: string) => Promise<void>,
): Promise<void> {
  await asAdmin(server, (sql) => sql.unsafe(`create database ${TEMPLATE}`));
  await migrate(withDatabase(server, TEMPLATE));
}
