import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Any number that only Guildhall's migrations use: "guild" in ASCII. */
export const MIGRATION_LOCK = 0x6775696c64;

type Entry = { tag: string; when: number };

/**
 * Brings the database at `url` to this version's schema; any number of workers may start at once.
 *
 * drizzle's migrator alone is not enough. It has no lock (concurrent runs fail on each other's
 * tables), and it applies what is newer than the newest applied one, so a migration that was merged
 * late, with an older time, would be skipped without a word.
 */
export async function migrate(url: string, folder = findMigrations()): Promise<void> {
  const journal = readJournal(folder);
  // One connection: the lock belongs to its session, and is let go when the process dies.
  const sql = postgres(url, { max: 1, onnotice: () => {}, max_lifetime: null, idle_timeout: 0 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    refuseUnlessPrefix(await readApplied(sql), journal);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
    const applied = await readApplied(sql);
    if (applied.length !== journal.length) {
      throw new Error(
        `The database has ${applied.length} migrations, but this version of Guildhall has ${journal.length}. Another program changed it in the meantime.`,
      );
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** True when every migration of this version is applied. */
export async function isMigrated(sql: postgres.Sql, folder = findMigrations()): Promise<boolean> {
  return (await readApplied(sql)).length === readJournal(folder).length;
}

/** In the production bundle the folder lies beside the module, in the source one level up. */
export function findMigrations(): string {
  const beside = path.join(import.meta.dirname, "migrations");
  return existsSync(beside) ? beside : path.join(import.meta.dirname, "..", "migrations");
}

function readJournal(folder: string): Entry[] {
  const text = readFileSync(path.join(folder, "meta", "_journal.json"), "utf8");
  const { entries }: { entries: Entry[] } = JSON.parse(text);
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1];
    if (before && before.when >= entry.when) {
      throw new Error(
        `Migration ${entry.tag} isn't newer than ${before.tag} and would be skipped. Generate it again on the current main.`,
      );
    }
  }
  return entries;
}

async function readApplied(sql: postgres.Sql): Promise<number[]> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  if (!table?.name) return [];
  const rows = await sql`select created_at from drizzle.__drizzle_migrations order by created_at`;
  return rows.map((row) => Number(row.created_at));
}

/** What is applied must be the beginning of the journal, else drizzle would skip or guess. */
function refuseUnlessPrefix(applied: number[], journal: Entry[]): void {
  const newest = journal.at(-1)?.when ?? 0;
  if ((applied.at(-1) ?? 0) > newest) {
    throw new Error(
      "The database was created by a newer version of Guildhall. Start that version, or restore a backup from before the upgrade.",
    );
  }
  const odd = applied.findIndex((when, index) => when !== journal[index]?.when);
  if (odd === -1) return;
  throw new Error(
    `The database is missing migration ${journal[odd]?.tag}, although later ones were applied. It comes from a different build of Guildhall.`,
  );
}
