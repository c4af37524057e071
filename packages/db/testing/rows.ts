/** For tests: what is in a database, to compare before and after. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { findMigrations, migrate } from "../src/migrate.ts";
import { createTestDatabase } from "./databases.ts";

const ROWS = readFileSync(path.join(import.meta.dirname, "rows.sql"), "utf8");

/** Of the first migration that the rows do not know. */
const SINCE = "0007_one_imports";

/** The project's migrations up to there: what a Guildhall that is upgraded was running. */
export function olderMigrations() {
  const folder = mkdtempSync(path.join(tmpdir(), "older-"));
  cpSync(findMigrations(), folder, { recursive: true });
  const file = path.join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8"));
  const since = journal.entries.findIndex(({ tag }: { tag: string }) => tag === SINCE);
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, since) }));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** With a row in every table, as that Guildhall leaves it. */
export async function createOlderDatabase() {
  const database = await createTestDatabase({ empty: true });
  const older = olderMigrations();
  await migrate(database.url, older.folder);
  older.remove();
  await withSql(database.url, (sql) => sql.unsafe(ROWS));
  return database;
}

let filled: Promise<string> | undefined;

/** With a row in every table, upgraded: once for each process, and copied. */
export async function createFilledDatabase() {
  filled ??= fillDatabase();
  return createTestDatabase({ copyOf: await filled });
}

async function fillDatabase(): Promise<string> {
  const { url } = await createOlderDatabase();
  await migrate(url);
  return new URL(url).pathname.slice(1);
}

export async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export type Rows = Record<string, Record<string, unknown>[]>;

/** Every row of every table of ours, in an order of its own. */
export const readRows = (url: string): Promise<Rows> =>
  withSql(url, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`;
    const rows: Rows = {};
    for (const { name } of tables) {
      const found = await sql`select to_jsonb(t) as row from ${sql(name)} t order by t::text`;
      rows[name] = found.map(({ row }) => row);
    }
    return rows;
  });
