import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../testing/databases.ts";
import {
  createFilledDatabase,
  createOlderDatabase,
  olderMigrations,
  readRows,
  withSql,
} from "../../testing/rows.ts";
import { connect } from "../client.ts";
import { migrate } from "../migrate.ts";
import { backUp } from "./backup.ts";
import { openBackup, restore } from "./restore.ts";

/** One backup, and what a person may try to restore instead of it. */
let whole: Buffer;
let target: { url: string; drop(): Promise<void> };
let folder: string;

beforeAll(async () => {
  const source = await createFilledDatabase();
  const made = mkdtempSync(path.join(tmpdir(), "backup-"));
  const kept = { folder: made, secrets: ["jwt-secret"] };
  writeFileSync(path.join(made, "jwt-secret"), "kept");
  await backUp(path.join(made, "b"), { databaseUrl: source.url, kept, guildhall: "1.2.3" });
  whole = readFileSync(path.join(made, "b"));
  rmSync(made, { recursive: true });
  await source.drop();
});

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "restore-"));
  target = await createTestDatabase({ empty: true });
});

afterEach(async () => {
  await target.drop();
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  whole = Buffer.alloc(0);
});

async function restoreBytes(bytes: Buffer, replace = false) {
  const file = path.join(folder, "given.backup");
  writeFileSync(file, bytes);
  const kept = { folder: path.join(folder, "data"), secrets: ["jwt-secret"] };
  return restore(await openBackup(file), { databaseUrl: target.url, kept, replace });
}

async function expectUntouched() {
  expect(await readRows(target.url)).toEqual({});
  const left = await withSql(
    target.url,
    (sql) => sql`
    select nspname from pg_namespace where nspname in ('drizzle', 'pgboss')`,
  );
  expect([...left]).toEqual([]);
  expect((await readdir(folder)).filter((name) => name !== "given.backup")).toEqual([]);
}

test("a file cut short anywhere is refused before anything is written", async () => {
  for (const share of [0.01, 0.3, 0.7, 0.99]) {
    const cut = whole.subarray(0, Math.round(whole.length * share));
    await expect(restoreBytes(cut), `${share}`).rejects.toThrow(/is damaged or incomplete/);
  }
  await expectUntouched();
});

test("a changed byte anywhere is refused before anything is written", async () => {
  for (const share of [0.1, 0.5, 0.9]) {
    const changed = Buffer.from(whole);
    const at = Math.round(changed.length * share);
    changed[at] = (changed[at] ?? 0) ^ 0x40;
    await expect(restoreBytes(changed), `${share}`).rejects.toThrow(/damaged or incomplete/);
  }
  // Packed again by another program, so that gzip's own sum is right.
  const unreadable = gunzipSync(whole);
  unreadable[unreadable.indexOf('{"')] = 0x01;
  await expect(restoreBytes(gzipSync(unreadable))).rejects.toThrow(/damaged or incomplete/);
  const text = gunzipSync(whole);
  text[text.indexOf("Second")] = 0x53 + 1;
  await expect(restoreBytes(gzipSync(text))).rejects.toThrow(/is damaged or incomplete/);
  await expectUntouched();
});

test("what is no backup is called so", async () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from("-- a dump\n"),
    gzipSync("hello ".repeat(500)),
  ]) {
    await expect(restoreBytes(bytes)).rejects.toThrow(/isn't a Guildhall backup|damaged/);
  }
  await expect(openBackup(path.join(folder, "none"))).rejects.toThrow(/There is no file .*none/);
  await expect(openBackup(folder)).rejects.toThrow(/isn't a Guildhall backup/);
  await expectUntouched();
});

test("a backup of a newer Guildhall is refused", async () => {
  const text = gunzipSync(whole);
  const newer = Buffer.from(text);
  const format = newer.indexOf('"format":1');
  newer.write('"format":2', format);
  await expect(restoreBytes(gzipSync(newer))).rejects.toThrow(
    /made by Guildhall 1.2.3, which is newer than this one/,
  );
  const file = path.join(folder, "given.backup");
  writeFileSync(file, whole);
  const before = olderMigrations();
  await expect(openBackup(file, before.folder)).rejects.toThrow(
    /made by a newer Guildhall \(1.2.3\) than this one/,
  );
  before.remove();
  await expectUntouched();
});

test("a backup from before an upgrade is restored and then upgraded", async () => {
  const source = await createOlderDatabase();
  const kept = { folder, secrets: [] };
  const file = path.join(folder, "old.backup");
  await backUp(file, { databaseUrl: source.url, kept, guildhall: "1.0.0" });
  await restore(await openBackup(file), { databaseUrl: target.url, kept, replace: false });
  // Nothing is left for a server that starts now, and an upgraded original holds the same.
  await migrate(target.url);
  await migrate(source.url);
  const tasks = async (url: string) => (await readRows(url)).tasks;
  expect(await tasks(target.url)).toEqual(await tasks(source.url));
  await source.drop();
});

test("a database that holds something is refused, and replaced when asked", async () => {
  await migrate(target.url);
  await withSql(
    target.url,
    (sql) => sql`
    insert into users (id, email, name, password_hash)
    values (gen_random_uuid(), 'mine@example.org', 'Mine', '')`,
  );
  const before = await readRows(target.url);
  await expect(restoreBytes(whole)).rejects.toThrow(
    /database already contains Guildhall data.* add --replace/,
  );
  expect(await readRows(target.url)).toEqual(before);
  await restoreBytes(whole, true);
  expect((await readRows(target.url)).users).toHaveLength(2);
  expect(JSON.stringify(await readRows(target.url))).not.toContain("mine@example.org");
});

test("a database that was only prepared by a first start counts as empty", async () => {
  await migrate(target.url);
  expect(await restoreBytes(whole)).toMatchObject({ files: 1 });
});

test("another program's tables are never dropped", async () => {
  await withSql(target.url, (sql) => sql`create table theirs (id int)`);
  await expect(restoreBytes(whole, true)).rejects.toThrow(
    /tables that aren't Guildhall's \(theirs/,
  );
});

test("a living server is noticed", async () => {
  await migrate(target.url);
  const server = connect(target.url, { pool: 1 });
  expect(await server.reachable()).toBe(true);
  await expect(restoreBytes(whole, true)).rejects.toThrow(/A Guildhall server .* is using this/);
  await server.close();
});

test("rows that do not fit leave the database and the folder as they were, with the reason", async () => {
  // A trigger that the database's owner keeps is the nearest to a disk that fills up half way.
  await withSql(target.url, async (sql) => {
    await sql`create function refuse() returns event_trigger language plpgsql as
      $$ begin if tg_tag = 'CREATE INDEX' then raise disk_full; end if; end $$`;
    await sql`create event trigger full_disk on ddl_command_start execute function refuse()`;
  });
  await expect(restoreBytes(whole)).rejects.toThrow(/The database's disk is full/);
  await withSql(target.url, (sql) => sql`drop event trigger full_disk`);
  await expectUntouched();
});

test("a row that is refused after the last byte was sent is an error, not an endless wait", async () => {
  await withSql(target.url, async (sql) => {
    await sql`create function refuse() returns trigger language plpgsql as
      $$ begin raise disk_full; end $$`;
    await sql`create function watch() returns event_trigger language plpgsql as $$ begin
      if to_regclass('public.comments') is not null and not exists
        (select from pg_trigger where tgname = 'full_disk') then
        create trigger full_disk after insert on comments execute function refuse();
      end if; end $$`;
    await sql`create event trigger watch on ddl_command_end execute function watch()`;
  });
  await expect(restoreBytes(whole)).rejects.toThrow(/The database's disk is full/);
  await withSql(target.url, (sql) => sql`drop event trigger watch`);
  await expectUntouched();
});
