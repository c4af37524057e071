/**
 * A backup of a living Guildhall: every row as of one moment, in one file.
 *
 * pg_dump would need its program, of the right version, on every machine; the Postgres that comes
 * with Guildhall does not bring it. COPY inside one REPEATABLE READ transaction gives the same: a
 * reader that holds up nobody, and of which each table is as it was when the first was read. What is
 * not there is schema: restoring builds it with the migrations that the backup names.
 */
import { access, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Writable } from "node:stream";
import { type Archive, packArchive } from "./archive-writer.ts";
import { explainFailure } from "./failures.ts";
import { type BackedUpTable, FORMAT, HEADER, type Header, LEFT_OUT } from "./format.ts";
import { findKept, type KeptFolder } from "./kept-files.ts";
import { noteInAudit } from "./note-in-audit.ts";
import {
  openSession,
  quoted,
  readMigrations,
  readTables,
  type Session,
  tableName,
} from "./session.ts";

const PIECE = 1_000_000;

export type BackupSource = {
  databaseUrl: string;
  kept: KeptFolder;
  /** The version of the running program. */
  guildhall: string;
};

export type BackupReport = { rows: number; tables: number; files: number };

/**
 * Writes `<file>.part` and gives it its name when it is whole. Every error is a sentence for a person. Then
 * the audit log tells of it; `isNoted` is false where it could not, as with a replica or an older schema.
 */
export async function backUp(
  file: string,
  source: BackupSource,
): Promise<BackupReport & { bytes: number; isNoted: boolean }> {
  await refuseExisting(file);
  const part = `${file}.part`;
  try {
    await rm(part, { force: true });
    const handle = await open(part, "wx", 0o600);
    const report = await backUpTo(handle.createWriteStream({ flush: true }), source);
    await rename(part, file);
    const { size: bytes } = await stat(file);
    const isNoted = await note(source, { ...report, bytes });
    return { ...report, bytes, isNoted };
  } catch (error) {
    await rm(part, { force: true });
    throw explainFailure(error, path.dirname(path.resolve(file)));
  }
}

async function note({ databaseUrl }: BackupSource, made: BackupReport & { bytes: number }) {
  const { rows, files, bytes } = made;
  try {
    const { sql, end } = await openSession(databaseUrl, "guildhall-backup");
    await noteInAudit(sql, "instance.backedUp", { rows, files, bytes }).finally(end);
    return true;
  } catch {
    return false;
  }
}

async function refuseExisting(file: string): Promise<void> {
  const found = await access(file).then(
    () => true,
    () => false,
  );
  if (found) throw new Error(`${file} already exists and wasn't changed. Choose another name.`);
}

export async function backUpTo(output: Writable, source: BackupSource): Promise<BackupReport> {
  const session = await openSession(source.databaseUrl, "guildhall-backup");
  try {
    const header = await openSnapshot(session, source.guildhall);
    const report = { rows: 0, tables: header.tables.length, files: 0 };
    await packArchive(output, async (archive) => {
      await archive.add(HEADER, Buffer.from(JSON.stringify(header)));
      for (const table of header.tables) {
        await addTable(archive, session, table);
        report.rows += archive.tally.rowsOf(table.name);
      }
      for await (const { name, file } of findKept(source.kept)) {
        await archive.addFile(name, file);
        report.files++;
      }
    });
    return report;
  } catch (error) {
    output.destroy();
    throw error;
  } finally {
    await session.end();
  }
}

async function openSnapshot({ sql }: Session, guildhall: string): Promise<Header> {
  await sql.unsafe("begin isolation level repeatable read, read only");
  const migrations = await readMigrations(sql);
  if (!migrations) {
    throw new Error(
      "This database has no Guildhall data, so there is nothing to back up. Check DATABASE_URL or GUILDHALL_DATA.",
    );
  }
  const tables = (await readTables(sql)).filter(({ name }) => !LEFT_OUT.includes(name));
  // An upgrade that starts now waits until the last table is read.
  const all = tables.map(({ name }) => tableName(name)).join(", ");
  await sql.unsafe(`lock table ${all} in access share mode`);
  const madeAt = new Date().toISOString();
  return { format: FORMAT, guildhall, madeAt, migrations, tables };
}

async function addTable(archive: Archive, { sql }: Session, { name, columns }: BackedUpTable) {
  const list = columns.map(quoted).join(", ");
  const rows = await sql.unsafe(`copy ${tableName(name)} (${list}) to stdout`).readable();
  let piece: Buffer[] = [];
  let size = 0;
  let number = 0;
  const put = async () => {
    await archive.add(`tables/${name}/${number++}`, Buffer.concat(piece));
    piece = [];
    size = 0;
  };
  for await (const bytes of rows) {
    piece.push(bytes);
    size += bytes.length;
    if (size >= PIECE) await put();
  }
  // At least one, so that an empty table is in the sums too.
  if (size > 0 || number === 0) await put();
}
