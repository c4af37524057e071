/** For tests of erasing: what is left of something in the database and in the store, and a store that dies at each step. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestApi } from "@guildhall/testing/api";
import { startTestS3 } from "@guildhall/testing/s3";
import { sql } from "drizzle-orm";
import type { FileStore } from "../src/core/file-store.ts";
import { createFolderStore } from "../src/files/store/folder-store.ts";
import { createS3Store } from "../src/files/store/s3-store.ts";

/** In how many rows of each table of the database one of these ids stands, whatever the column. */
export async function rowsWith(api: TestApi, ids: string[]) {
  const tables = await api.services.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    // That is kept as set; and what the search has still to be told.
    if (name === "audit_entries") continue;
    const [row] = await api.services.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)} t
        where t::text like any(${sql.param(ids.map((id) => `%${id}%`))}::text[])`,
    );
    if (row?.n) found[name] = row.n;
  }
  return found;
}

export async function stored(store: FileStore) {
  const keys = new Set<string>();
  for await (const { key } of store.list()) keys.add(key);
  return keys;
}

/** A store whose every object can be deleted at the second try only: the worker died at the first. */
export function dyingStore(inner: FileStore): FileStore & { deaths: number } {
  const tried = new Set<string>();
  const dying = Object.create(inner) as FileStore & { deaths: number };
  dying.deaths = 0;
  const once = (act: (key: string) => Promise<void>) => async (key: string) => {
    if (tried.has(key)) return act(key);
    tried.add(key);
    // Half of them die when the bytes are gone and the row is not.
    if (dying.deaths % 2) await act(key);
    dying.deaths += 1;
    throw new Error("The worker died here.");
  };
  dying.forget = once((key) => inner.forget(key));
  dying.delete = once((key) => inner.delete(key));
  return dying;
}

export async function aFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "guildhall-erased-"));
  return { store: createFolderStore(folder), stop: () => rm(folder, { recursive: true }) };
}

export async function aBucket() {
  const s3 = await startTestS3();
  return { store: createS3Store(s3.settings), stop: () => s3.stop() };
}
