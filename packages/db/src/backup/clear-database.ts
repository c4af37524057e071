import type postgres from "postgres";
import { readMigrations, readTables, tableName } from "./session.ts";

/** A worker that goes on writing while its tables are exchanged would write into the wrong life. */
export async function refuseLivingServer(sql: postgres.ReservedSql): Promise<void> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int from pg_stat_activity
    where datname = current_database() and application_name like 'guildhall%'
      and pid <> pg_backend_pid()`;
  if (!found?.count) return;
  throw new Error(
    "A Guildhall server (or a backup) is using this database. Stop all of them, then restore again. Nothing was changed.",
  );
}

/** Makes room for the backup's schema, in the caller's transaction; refuses to lose anything unasked. */
export async function clearDatabase(sql: postgres.ReservedSql, replace: boolean): Promise<void> {
  const tables = await readTables(sql);
  if ((await readMigrations(sql)) === null) {
    if (tables.length === 0) return;
    throw new Error(
      `The database contains tables that aren't Guildhall's (${tables[0]?.name}, …). Nothing was changed. Use an empty database.`,
    );
  }
  if (!replace && (await holdsRows(sql, tables))) {
    throw new Error(
      "The database already contains Guildhall data. Nothing was changed. To replace it with the backup, add --replace (back up the existing data first if you want to keep it).",
    );
  }
  if (tables.length > 0) {
    await sql.unsafe(`drop table ${tables.map(({ name }) => tableName(name)).join(", ")} cascade`);
  }
  // Jobs belong to the life that ends here; the queue makes its tables again when it needs them.
  await sql.unsafe("drop schema if exists drizzle, pgboss cascade");
}

async function holdsRows(sql: postgres.ReservedSql, tables: { name: string }[]): Promise<boolean> {
  for (const { name } of tables) {
    const [row] = await sql.unsafe(`select exists (select from ${tableName(name)}) as found`);
    if (row?.found) return true;
  }
  return false;
}
