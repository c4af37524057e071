import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { sqlState } from "./errors.ts";
import { localSocket } from "./local-socket.ts";
import { nameStatements } from "./named-statements.ts";
import * as schema from "./schema/index.ts";
import { type AroundTransaction, watchPool } from "./watched-pool.ts";

export type Db = PostgresJsDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** A connection pool or an open transaction: what a query can run on. */
export type Queryable = Db | Tx;

/** Sorts more than it may hold in memory: a megabyte goes to the disk and is gone with the statement. */
const SPILL =
  "select count(*) from (select g from generate_series(1, 20000) g order by md5(g::text) offset 0) s";

export type DbClient = {
  db: Db;
  /** Opens connections, so that the first requests need not wait for theirs. */
  warm(connections: number): Promise<void>;
  /** Statements and transactions that run, or wait for a connection. */
  underWay(): number;
  /** True when the database answers within two seconds. */
  reachable(): Promise<boolean>;
  /** False when its disk has no room; asked of Postgres itself, which alone can see its disk. */
  hasRoom(): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * Opens a pool on `url`. Every statement is bounded, so that a stuck lock or a lost client never
 * holds a connection for ever: statements 30 s, locks 10 s, idle in a transaction 20 s.
 */
export function connect(
  url: string,
  options: { pool: number; aroundTransaction?: AroundTransaction },
): DbClient {
  const pool = postgres(url, {
    ...localSocket(url),
    max: options.pool,
    connect_timeout: 5,
    idle_timeout: 60,
    max_lifetime: 30 * 60,
    // The default grows to 20 s, and every connection that fails makes all of them wait longer.
    backoff: (failures: number) => Math.min(0.05 * 2 ** failures, 1),
    onnotice: () => {},
    connection: {
      application_name: "guildhall",
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 20_000,
    },
  } as postgres.Options<Record<string, never>>);
  const { sql, underWay } = watchPool(
    nameStatements(pool),
    options.aroundTransaction ?? ((run) => run()),
  );
  const db = drizzle(sql, { schema, casing: "snake_case" });
  return {
    db,
    underWay,
    // As many at once: none is free for the next, which so gets a connection of its own.
    warm: async (connections) => {
      await Promise.all(Array.from({ length: connections }, () => sql`select 1`));
    },
    reachable: () =>
      Promise.race([
        sql`select 1`.then(
          () => true,
          () => false,
        ),
        new Promise<boolean>((resolve) => setTimeout(resolve, 2_000, false).unref()),
      ]),
    hasRoom: () =>
      sql
        .begin(async (tx) => {
          await tx`set local work_mem = '64kB'`;
          await tx.unsafe(SPILL);
        })
        .then(
          () => true,
          (error: unknown) => sqlState(error) !== "53100",
        ),
    close: () => sql.end({ timeout: 5 }),
  };
}
