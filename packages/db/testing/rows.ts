/** For tests: what is in a database, to compare before and after. */
import { readFileSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";

export const ROWS = readFileSync(path.join(import.meta.dirname, "rows.sql"), "utf8");

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
