import {
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../testing/databases.ts";
import { createFilledDatabase, readRows, withSql } from "../../testing/rows.ts";
import { backUp, backUpTo } from "./backup.ts";
import { explainFailure } from "./failures.ts";
import { LEFT_OUT } from "./format.ts";
import { openBackup, restore } from "./restore.ts";

type Database = { url: string; drop(): Promise<void> };
let source: Database;
let target: Database;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "backup-"));
  file = path.join(folder, "guildhall.backup");
  source = await createFilledDatabase();
  target = await createTestDatabase({ empty: true });
});

afterEach(async () => {
  await source.drop();
  await target.drop();
  rmSync(folder, { recursive: true });
});

const keptIn = (name: string) => ({ folder: path.join(folder, name), secrets: ["jwt-secret"] });
const backUpSource = () =>
  backUp(file, { databaseUrl: source.url, kept: keptIn("old"), guildhall: "1.2.3" });
const restoreInto = async ({ url }: Database, replace = false) =>
  restore(await openBackup(file), { databaseUrl: url, kept: keptIn("new"), replace });

test("it says which invitations and tokens it brought back, and ends them all where asked to", async () => {
  await backUpSource();
  const broughtBack = { invitations: 1, tokens: 1 };
  const noted = ({ audit_entries = [] }: Awaited<ReturnType<typeof readRows>>) =>
    audit_entries.map(({ action, after }) => ({ action, after }));
  expect((await restoreInto(target)).broughtBack).toEqual(broughtBack);
  expect(noted(await readRows(target.url))).toEqual([
    { action: "instance.restored", after: expect.objectContaining(broughtBack) },
  ]);
  const options = { databaseUrl: target.url, kept: keptIn("new"), replace: true, revoke: true };
  expect((await restore(await openBackup(file), options)).broughtBack).toEqual(broughtBack);
  const after = await readRows(target.url);
  expect(noted(after)).toContainEqual({ action: "instance.accessRevoked", after: broughtBack });
  const { invitations = [], access_tokens = [] } = after;
  expect([...invitations, ...access_tokens].map((row) => row.revoked_at)).not.toContain(null);
});

test("every row comes back as it was, under a new epoch, and nobody is signed in", async () => {
  const before = await readRows(source.url);
  await backUpSource();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const report = await restoreInto(target);

  const after = await readRows(target.url);
  expect(after.sessions).toEqual([]);
  expect(after.password_resets).toEqual([]);
  const epochs = (rows: typeof after) => rows.workspaces?.map((row) => row.feed_epoch);
  expect(new Set([...(epochs(before) ?? []), ...(epochs(after) ?? [])])).toHaveLength(4);
  // That it was restored is itself an entry.
  const comparable = ({ workspaces, audit_entries: _, ...rest }: typeof after) => ({
    ...Object.fromEntries(Object.entries(rest).filter(([table]) => !LEFT_OUT.includes(table))),
    workspaces: workspaces?.map((row) => ({ ...row, feed_epoch: null })),
  });
  // What the backup leaves out because it is made from the rest is on its way.
  const noted = new Set(after.search_queue?.map(({ kind, id }) => `${kind} ${id}`));
  expect(noted).toEqual(new Set(before.search_queue?.map(({ kind, id }) => `${kind} ${id}`)));
  expect(comparable(after)).toEqual(comparable(before));
  const rows = Object.values(comparable(before)).flat().length;
  expect(report).toMatchObject({ rows, files: 0 });
});

test("the restored schema is the migrated one: same keys, indexes and defaults", async () => {
  await backUpSource();
  await restoreInto(target);
  const shape = (url: string) =>
    withSql(
      url,
      (sql) => sql`
      select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as is
      from pg_constraint where connamespace = 'public'::regnamespace
      union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
      union all select table_name, column_name, data_type || coalesce(column_default, '')
      from information_schema.columns where table_schema = 'public'
      order by 1, 2, 3`,
    );
  expect([...(await shape(target.url))]).toEqual([...(await shape(source.url))]);
  // Those of tables that it leaves out begin anew.
  const sequences = (url: string) =>
    withSql(
      url,
      (sql) => sql`
      select sequencename from pg_sequences where schemaname = 'public'
        and not exists (select from unnest(${LEFT_OUT}::text[]) t where sequencename like t || '%')`,
    );
  expect(await sequences(target.url), "a backup carries no positions of sequences").toEqual([]);
});

test("the kept secrets and files of the data folder come along", async () => {
  const deep = path.join(folder, "old", "files", "ab");
  await mkdir(deep, { recursive: true });
  writeFileSync(path.join(folder, "old", "jwt-secret"), "a secret\n");
  writeFileSync(path.join(folder, "old", "postgres-password"), "stays\n");
  writeFileSync(path.join(deep, "picture.png"), Buffer.alloc(3_000_000, 7));
  writeFileSync(path.join(deep, "empty"), "");
  await backUpSource();
  await mkdir(path.join(folder, "new", "files"), { recursive: true });
  writeFileSync(path.join(folder, "new", "files", "of-another-life"), "x");
  expect(await restoreInto(target)).toMatchObject({ files: 3 });
  expect((await readdir(path.join(folder, "new"), { recursive: true })).sort()).toEqual(
    ["files", "files/ab", "files/ab/empty", "files/ab/picture.png", "jwt-secret"].map(
      path.normalize,
    ),
  );
  expect(readFileSync(path.join(folder, "new", "jwt-secret"), "utf8")).toBe("a secret\n");
  expect(statSync(path.join(folder, "new", "files", "ab", "picture.png")).size).toBe(3_000_000);
});

test("it is one moment: what is written meanwhile is in it whole or not at all", async () => {
  // Between the two tables of a pair the writer commits again and again.
  let writing = true;
  const writer = withSql(source.url, async (sql) => {
    for (let n = 100; writing; n++) {
      await sql.begin(async (tx) => {
        await tx`update workspaces set change_seq = ${n} where name = 'Mill'`;
        await tx`update projects set next_number = ${n}`;
      });
    }
  });
  for (let round = 0; round < 3; round++) {
    rmSync(file, { force: true });
    await backUpSource();
    await restoreInto(target, true);
    const rows = await readRows(target.url);
    const mill = rows.workspaces?.find((row) => row.name === "Mill");
    const [project] = rows.projects ?? [];
    if (Number(mill?.change_seq) >= 100) expect(project?.next_number).toBe(mill?.change_seq);
    else expect(project?.next_number).toBe(4);
  }
  writing = false;
  await writer;
});

test("rows pass through in pieces: a hundred and twenty megabytes in less memory than that", async () => {
  await withSql(
    source.url,
    (sql) => sql`
      insert into changes (workspace_id, seq, entity, entity_id, op, row)
      select id, n, 'task', gen_random_uuid(), 'update', to_jsonb(repeat(md5(n::text), 312))
      from workspaces, generate_series(3, 12002) n where name = 'Mill'`,
  );
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 5);
  const before = process.memoryUsage.rss();
  await backUpSource();
  const { rows } = await restoreInto(target);
  clearInterval(watch);
  expect(rows).toBeGreaterThan(12_000);
  expect(highest - before).toBeLessThan(100_000_000);
});

test("an existing file is left as it is, and a failed backup leaves none", async () => {
  writeFileSync(file, "mine");
  await expect(backUpSource()).rejects.toThrow(/already exists and wasn't changed/);
  expect(readFileSync(file, "utf8")).toBe("mine");
  rmSync(file);
  const nobody = { databaseUrl: target.url, kept: keptIn("old"), guildhall: "1.2.3" };
  await expect(backUp(file, nobody)).rejects.toThrow(/has no Guildhall data, so there is nothing/);
  await expect(backUp(path.join(folder, "none", "file"), nobody)).rejects.toThrow(
    /The folder .*none doesn't exist/,
  );
  expect(await readdir(folder)).toEqual([]);
});

test.skipIf(process.platform !== "linux")(
  "a full disk is named, and the database let go",
  async () => {
    const output = createWriteStream("/dev/full");
    const failed = backUpTo(output, {
      databaseUrl: source.url,
      kept: keptIn("old"),
      guildhall: "1.2.3",
    });
    const error = await failed.then(
      () => null,
      (e) => explainFailure(e, "/backups"),
    );
    expect(String(error)).toMatch(/The disk of \/backups is full/);
    const waiting = () =>
      withSql(
        source.url,
        (sql) => sql`
      select from pg_stat_activity
      where datname = current_database() and application_name = 'guildhall-backup'`,
      );
    await expect.poll(async () => (await waiting()).length).toBe(0);
  },
);
