import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findMigrations, migrate } from "./migrate.ts";
import { createTestDatabase } from "./testing.ts";
import { ROWS, readRows, withSql } from "./testing-rows.ts";

let database: { url: string; drop(): Promise<void> };
let before: string;

/** The project's migrations without the newest: what a Guildhall that is upgraded was running. */
beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  before = mkdtempSync(path.join(tmpdir(), "before-"));
  cpSync(findMigrations(), before, { recursive: true });
  const file = path.join(before, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, -1) }));
  await migrate(database.url, before);
  await withSql(database.url, (sql) => sql.unsafe(ROWS));
});

afterEach(async () => {
  await database.drop();
  rmSync(before, { recursive: true });
});

test("the upgrade keeps every row of every table, and servers that start at once do it once", async () => {
  const old = await readRows(database.url);
  // What the search knows is found again from the other tables, and is in no backup.
  const empty = Object.keys(old).filter((t) => old[t]?.length === 0 && !t.startsWith("search_"));
  expect(empty, "testing-rows.sql has a row for every table").toEqual([]);

  await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  const upgraded = await readRows(database.url);
  for (const [table, rows] of Object.entries(old)) {
    // What a column became is that migration's own test; here nothing may be lost or touched.
    const kept = Object.keys(rows[0] ?? {}).filter(
      (column) => column in (upgraded[table]?.[0] ?? {}),
    );
    const only = (row: object) =>
      Object.fromEntries(Object.entries(row).filter(([c]) => kept.includes(c)));
    expect(upgraded[table]?.map(only), table).toEqual(expect.arrayContaining(rows.map(only)));
    expect(upgraded[table]).toHaveLength(rows.length);
  }
});

test("the Guildhall from before refuses the upgraded database and leaves it as it is", async () => {
  await migrate(database.url);
  const upgraded = await readRows(database.url);
  await expect(migrate(database.url, before)).rejects.toThrow(
    "The database was made by a newer Guildhall than this one: start that version, or restore a backup from before the upgrade.",
  );
  expect(await readRows(database.url)).toEqual(upgraded);
});
