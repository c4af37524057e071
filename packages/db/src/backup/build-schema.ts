import { createHash } from "node:crypto";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import type postgres from "postgres";
import type { AppliedMigration } from "./format.ts";

/** This program's migrations: those the backup was made with, and those that came since. */
export type SchemaSteps = { atBackup: MigrationMeta[]; since: MigrationMeta[] };

/** Throws a sentence when the backup's schema is not one that this program went through. */
export function stepsFrom(
  applied: AppliedMigration[],
  folder: string,
  guildhall: string,
): SchemaSteps {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const newest = known.at(-1)?.folderMillis ?? 0;
  if ((applied.at(-1)?.when ?? 0) > newest) {
    throw new Error(
      `The backup was made by a newer Guildhall (${guildhall}) than this one. Nothing was changed. Restore it with that version or a later one.`,
    );
  }
  const odd = applied.findIndex(({ when, hash }, i) => {
    const mine = known[i];
    return mine?.folderMillis !== when || !hashesOf(mine).includes(hash);
  });
  if (odd !== -1) {
    throw new Error(
      `The backup comes from a different build of Guildhall: its migration ${odd + 1} isn't part of this version. Nothing was changed. Restore it with the version that made it (${guildhall}).`,
    );
  }
  return { atBackup: known.slice(0, applied.length), since: known.slice(applied.length) };
}

/** The same text checked out with the line ends of Windows is the same migration. */
function hashesOf(migration: MigrationMeta): string[] {
  const text = migration.sql.join("--> statement-breakpoint").replaceAll("\r\n", "\n");
  const sha256 = (s: string) => createHash("sha256").update(s).digest("hex");
  return [migration.hash, sha256(text), sha256(text.replaceAll("\n", "\r\n"))];
}

/**
 * Applies and notes migrations within the caller's transaction. drizzle's own migrator commits one of
 * its own, which would leave an empty schema behind when the rows cannot be loaded.
 */
export async function applySteps(sql: postgres.ReservedSql, steps: MigrationMeta[]): Promise<void> {
  await sql.unsafe(`
    create schema if not exists drizzle;
    create table if not exists drizzle.__drizzle_migrations (
      id serial primary key, hash text not null, created_at bigint
    )`);
  for (const { sql: statements, hash, folderMillis } of steps) {
    for (const statement of statements) await sql.unsafe(statement);
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`;
  }
}
