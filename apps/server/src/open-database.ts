import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import type { Env } from "./env.ts";
import type { Log } from "./logger.ts";

export type Database = { url: string; stop(): Promise<void> };

/** The queue of imports has a pool of its own, and a migration a connection. */
const BESIDES_THE_POOL = 4;

/** A Postgres that answers and has this version's tables: the one that is given, or the built-in one. */
export async function openDatabase(env: Env, log: Log): Promise<Database> {
  if (env.databaseUrl) {
    await migrate(env.databaseUrl).catch(explainUnreachable);
    return { url: env.databaseUrl, stop: async () => {} };
  }
  const postgres = await startEmbeddedPostgres({
    dataFolder: env.GUILDHALL_DATA,
    connections: env.WORKERS * (env.DB_POOL_SIZE + env.DB_MAX_OVERFLOW + BESIDES_THE_POOL),
    log: (message) => log.warn({}, message),
  });
  try {
    await migrate(postgres.url);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return postgres;
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
