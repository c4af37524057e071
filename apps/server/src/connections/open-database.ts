import { sqlState } from "@guildhall/db";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { type Env, SettingsError } from "../settings/env.ts";
import type { Log } from "../telemetry/logger.ts";

export type Database = { url: string; stop(): Promise<void> };

/** The queue of imports has a pool of its own, and a migration a connection. */
const BESIDES_THE_POOL = 4;
/** Each is a process of its own, also while it does nothing. */
const MOST_BUILT_IN = 700;

/** A Postgres that answers and has this version's tables: the one that is given, or the built-in one. */
export async function openDatabase(env: Env, log: Log): Promise<Database> {
  if (env.databaseUrl) {
    await migrate(env.databaseUrl).catch(explainUnreachable);
    return { url: env.databaseUrl, stop: async () => {} };
  }
  const postgres = await openBuiltIn(env, log);
  try {
    await migrate(postgres.url).catch(explainUnreachable);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres;
}

/** The built-in Postgres, with the tables that it had when it was last used. */
export async function openBuiltIn(env: Env, log: Log): Promise<Database> {
  const connections = env.WORKERS * (env.DB_POOL_SIZE + env.DB_MAX_OVERFLOW + BESIDES_THE_POOL);
  if (connections > MOST_BUILT_IN) {
    throw new SettingsError(
      `The built-in Postgres allows ${MOST_BUILT_IN} connections, but WORKERS × (DB_POOL_SIZE + DB_MAX_OVERFLOW + ${BESIDES_THE_POOL}) is ${connections}. Lower DB_POOL_SIZE (20 serve hundreds of people), or DATABASE_URL to a Postgres that takes so many.`,
    );
  }
  return startEmbeddedPostgres({
    dataFolder: env.GUILDHALL_DATA,
    connections,
    // It was killed, or cannot be started again: either is for an operator to look at.
    log: (message) => log.error({}, message),
  });
}

export function explainUnreachable(error: unknown): never {
  const code = sqlState(error) ?? "";
  if (code === "53300") {
    throw new Error(
      "The database has no connections left. Lower DB_POOL_SIZE and DB_MAX_OVERFLOW, or raise the database's max_connections.",
      { cause: error },
    );
  }
  if (code === "53100") {
    throw new Error("The database's disk is full. Free up space and start again.", {
      cause: error,
    });
  }
  if (/^(ECONN|ENOTFOUND|EHOST|ETIMEDOUT|CONNECT|28|3D)/.test(code)) {
    throw new Error(
      `Couldn't connect to the database of DATABASE_URL or DB_SERVER (${error instanceof Error ? error.message : code}). Check its address, user and password.`,
      { cause: error },
    );
  }
  throw error;
}
