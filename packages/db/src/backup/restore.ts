/**
 * A backup put back, wholly or not at all.
 *
 * One transaction builds the schema that the backup was made with, loads the rows, and brings the
 * schema to this program's: whatever fails on the way, the database is as it was. Foreign keys are
 * taken away while rows are loaded and made again after, which checks them all: tables refer to each
 * other and to themselves, and no order of loading would suit every future schema.
 */
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import type postgres from "postgres";
import { findMigrations, MIGRATION_LOCK } from "../migrate.ts";
import { ArchiveReader, type Entry, skim } from "./archive-reader.ts";
import { applySteps, type SchemaSteps, stepsFrom } from "./build-schema.ts";
import { type CheckedBackup, checkBackup } from "./check-backup.ts";
import { clearDatabase, refuseLivingServer } from "./clear-database.ts";
import { explainFailure } from "./failures.ts";
import { HEADER, SUMS, summedUnder } from "./format.ts";
import { type KeptFolder, Staging } from "./kept-files.ts";
import { noteInAudit } from "./note-in-audit.ts";
import { openSession, quoted, readTables, tableName } from "./session.ts";

export type RestoreTarget = {
  databaseUrl: string;
  kept: KeptFolder;
  /** Whether what the database holds may go. */
  replace: boolean;
  /** Whether the invitations and access tokens that come back with it end at once. */
  revoke?: boolean;
};

/** What of that day opens something again: sessions and links to choose a password are in no backup. */
export type BroughtBack = { invitations: number; tokens: number };

export type RestoreReport = {
  rows: number;
  tables: number;
  files: number;
  madeAt: string;
  broughtBack: BroughtBack;
};

export type ReadyBackup = CheckedBackup & { steps: SchemaSteps };

/** Reads and checks all of `file`; nothing has to be started for that. */
export async function openBackup(file: string, folder = findMigrations()): Promise<ReadyBackup> {
  const backup = await checkBackup(file);
  const { migrations, guildhall } = backup.header;
  return { ...backup, steps: stepsFrom(migrations, folder, guildhall) };
}

/** Every error is a sentence for a person, and leaves the database and the folder as they were. */
export async function restore(backup: ReadyBackup, target: RestoreTarget): Promise<RestoreReport> {
  const staging = new Staging(target.kept);
  let broughtBack: BroughtBack;
  try {
    await staging.clear();
    broughtBack = await restoreDatabase(backup, target, staging);
  } catch (error) {
    await staging.clear();
    throw explainFailure(error, target.kept.folder);
  }
  await putInPlace(staging, target.kept);
  const sums = Object.entries(backup.sums);
  return {
    rows: sums.reduce((all, [, { rows }]) => all + rows, 0),
    tables: backup.header.tables.length,
    files: sums.filter(([name]) => /^(secrets|files)\//.test(name)).length,
    madeAt: backup.header.madeAt,
    broughtBack,
  };
}

async function putInPlace(staging: Staging, { folder }: KeptFolder): Promise<void> {
  try {
    await staging.putInPlace();
  } catch (cause) {
    throw new Error(
      `The database was restored, but the files weren't. They are in ${path.join(folder, "restoring")}. Free up space or give this user permission to write to ${folder}, then move them there.`,
      { cause },
    );
  }
}

async function restoreDatabase(backup: ReadyBackup, target: RestoreTarget, staging: Staging) {
  const { sql, end } = await openSession(target.databaseUrl, "guildhall-restore");
  try {
    // A server that starts meanwhile waits here before it looks at the schema.
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await refuseLivingServer(sql);
    await sql.unsafe("begin");
    await clearDatabase(sql, target.replace);
    await applySteps(sql, backup.steps.atBackup);
    const restoreKeys = await dropForeignKeys(sql);
    await loadEntries(sql, backup, staging);
    await restoreKeys();
    await applySteps(sql, backup.steps.since);
    // No client may go on from a cursor of the life that ended with this backup.
    await sql`update workspaces set feed_epoch = gen_random_uuid()`;
    const broughtBack = await noteBroughtBack(sql, backup, target.revoke ?? false);
    await sql.unsafe("commit");
    // Else the first queries are planned as if every table were empty.
    await sql.unsafe("analyze");
    return broughtBack;
  } finally {
    await end();
  }
}

/** Counts what opens something again, ends it where that was asked for, and says so in the audit log. */
async function noteBroughtBack(
  sql: postgres.ReservedSql,
  { header }: ReadyBackup,
  revoke: boolean,
): Promise<BroughtBack> {
  const [open] = await sql<BroughtBack[]>`
    select (select count(*)::int from invitations where accepted_at is null and declined_at is null
        and revoked_at is null and (expires_at is null or expires_at > now())) as invitations,
      (select count(*)::int from access_tokens
        where revoked_at is null and expires_at > now()) as tokens`;
  const { invitations = 0, tokens = 0 } = open ?? {};
  const note = noteInAudit.bind(null, sql);
  await note("instance.restored", { madeAt: header.madeAt, invitations, tokens });
  if (revoke) {
    await sql`update invitations set revoked_at = now()
      where accepted_at is null and declined_at is null and revoked_at is null`;
    await sql`update access_tokens set revoked_at = now() where revoked_at is null`;
    await note("instance.accessRevoked", { invitations, tokens });
  }
  return { invitations, tokens };
}

async function dropForeignKeys(sql: postgres.ReservedSql): Promise<() => Promise<void>> {
  const keys = await sql<{ on: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as on, conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
  for (const { on, name } of keys) {
    await sql.unsafe(`alter table ${on} drop constraint ${quoted(name)}`);
  }
  return async () => {
    for (const { on, name, definition } of keys) {
      await sql.unsafe(`alter table ${on} add constraint ${quoted(name)} ${definition}`);
    }
  };
}

async function loadEntries(sql: postgres.ReservedSql, backup: ReadyBackup, staging: Staging) {
  const columns = await columnsToFill(sql, backup);
  const reader = new ArchiveReader(backup.file);
  for await (const entry of reader.entries()) {
    if (entry.name === HEADER || entry.name === SUMS) await skim(entry.content);
    else if (entry.name.startsWith("tables/")) await loadPiece(sql, entry, columns);
    else await staging.put(entry.name, entry.content);
  }
  // It was read twice, and what was checked must be what was loaded.
  if (!isDeepStrictEqual(reader.tally.sums(), backup.sums)) throw reader.damaged();
}

/** Only what the migrations made: a name in a file is no reason to trust it. */
async function columnsToFill(sql: postgres.ReservedSql, { header }: ReadyBackup) {
  const made = new Map((await readTables(sql)).map(({ name, columns }) => [name, columns]));
  return new Map(
    header.tables.map(({ name, columns }) => {
      const missing = columns.find((column) => !made.get(name)?.includes(column));
      if (!made.has(name) || missing) {
        throw new Error(
          `The backup contains ${missing ? `${name}.${missing}` : `the table ${name}`}, which isn't in this version's schema of that time. Nothing was changed. Restore it with the version that made it (${header.guildhall}).`,
        );
      }
      return [`tables/${name}`, `${tableName(name)} (${columns.map(quoted).join(", ")})`];
    }),
  );
}

async function loadPiece(sql: postgres.ReservedSql, entry: Entry, columns: Map<string, string>) {
  const into = columns.get(summedUnder(entry.name));
  if (!into) throw new Error(`The backup contains ${entry.name} without naming its table.`);
  const rows = await sql.unsafe(`copy ${into} from stdin`).writable();
  await pipeline(entry.content, rows);
}
