import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../testing/databases.ts";
import { isMigrated, migrate } from "./migrate.ts";

let database: { url: string; drop(): Promise<void> };
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = mkdtempSync(path.join(tmpdir(), "migrations-"));
  cpSync(path.join(import.meta.dirname, "../testing/migrations"), folder, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function writeJournal(entries: [tag: string, when: number][]): void {
  const journal = {
    version: "7",
    dialect: "postgresql",
    entries: entries.map(([tag, when], idx) => ({
      idx,
      version: "7",
      when,
      tag,
      breakpoints: true,
    })),
  };
  writeFileSync(path.join(folder, "meta", "_journal.json"), JSON.stringify(journal));
}

async function query(text: string) {
  const sql = postgres(database.url, { max: 1 });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

test("twenty workers that start at once apply each migration once", async () => {
  await Promise.all(Array.from({ length: 20 }, () => migrate(database.url, folder)));
  expect(await query("select count(*)::int as n from drizzle.__drizzle_migrations")).toEqual([
    { n: 2 },
  ]);
  expect(await query("select name from houses")).toEqual([{ name: "first" }]);
});

test("the project's own migrations come up on an empty database", async () => {
  await migrate(database.url);
  const sql = postgres(database.url, { max: 1 });
  expect(await isMigrated(sql)).toBe(true);
  await sql.end();
});

test("a database of a newer version is refused and left alone", async () => {
  await migrate(database.url, folder);
  writeJournal([["0000_houses", 1_000]]);
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /created by a newer version of Guildhall/,
  );
  expect(await query("select name from houses")).toEqual([{ name: "first" }]);
});

test("a journal whose times go backwards is refused before anything is applied", async () => {
  writeJournal([
    ["0000_houses", 2_000],
    ["0001_first", 1_000],
  ]);
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /0001_first isn't newer than 0000_houses/,
  );
  expect(await query("select to_regclass('houses') as t")).toEqual([{ t: null }]);
});

test("a migration merged in before an applied one is refused, not skipped", async () => {
  writeJournal([["0001_late", 2_000]]);
  writeFileSync(path.join(folder, "0001_late.sql"), "create table late (id int);");
  await migrate(database.url, folder);
  writeJournal([
    ["0000_houses", 1_000],
    ["0001_late", 2_000],
  ]);
  await expect(migrate(database.url, folder)).rejects.toThrow(/is missing migration 0000_houses/);
});
