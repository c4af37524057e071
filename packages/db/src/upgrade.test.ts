import { afterEach, beforeEach, expect, test } from "vitest";
import { createOlderDatabase, olderMigrations, readRows, withSql } from "../testing/rows.ts";
import { migrate } from "./migrate.ts";

let database: { url: string; drop(): Promise<void> };
beforeEach(async () => {
  database = await createOlderDatabase();
});
afterEach(() => database.drop());

/** Tables that are none any more, and where their rows are. */
const movedTo: Record<string, string> = {
  document_imports: "imports",
  import_files: "file_uploads",
};

test("the upgrade keeps every row of every table, and servers that start at once do it once", async () => {
  const old = await readRows(database.url);
  // What the search knows is found again from the other tables, and is in no backup.
  const empty = Object.keys(old).filter((t) => old[t]?.length === 0 && !t.startsWith("search_"));
  expect(empty, "testing/rows.sql has a row for every table").toEqual([]);

  await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  const upgraded = await readRows(database.url);
  const count = (table: string) => old[table]?.length ?? 0;
  for (const [table, rows] of Object.entries(old)) {
    // What is to be found again is the migration's own matter.
    if (table in movedTo || table.startsWith("search_")) continue;
    // What a column became is that migration's own test; here nothing may be lost or touched.
    const kept = Object.keys(rows[0] ?? {}).filter(
      (column) => column in (upgraded[table]?.[0] ?? {}),
    );
    const only = (row: object) =>
      Object.fromEntries(Object.entries(row).filter(([c]) => kept.includes(c)));
    expect(upgraded[table]?.map(only), table).toEqual(expect.arrayContaining(rows.map(only)));
    const moved = Object.keys(movedTo).filter((from) => movedTo[from] === table);
    const came = moved.reduce((sum, from) => sum + count(from), 0);
    expect(upgraded[table]).toHaveLength(rows.length + came);
  }
});

test("imports of documents are among the others, and those of tasks say so in the feed too", async () => {
  const old = await readRows(database.url);
  const [documents] = old.document_imports ?? [];
  const [tasks] = old.imports ?? [];
  const json = { id: tasks?.id, projectId: tasks?.project_id, state: "waiting" };
  await withSql(database.url, async (sql) => {
    await sql`insert into changes (workspace_id, seq, entity, entity_id, op, row)
      select id, change_seq + 1, 'import', ${String(tasks?.id)}, 'insert',
        ${sql.json({ json } as never)} from workspaces limit 1`;
  });
  await migrate(database.url);
  const { imports, changes } = await readRows(database.url);
  expect(imports).toContainEqual(expect.objectContaining({ ...tasks, kind: "tasks" }));
  const { file_id, ...kept } = documents ?? {};
  expect(imports).toContainEqual(
    expect.objectContaining({ ...kept, kind: "documents", file_ids: [file_id], mode: "real" }),
  );
  expect(changes).toContainEqual(
    expect.objectContaining({
      entity: "import",
      row: { json: { ...json, kind: "tasks", parentId: null, rootId: null } },
    }),
  );
});

test("what was uploaded for an import is an upload like any other, and the import finds it", async () => {
  const { import_files = [], imports = [] } = await readRows(database.url);
  await migrate(database.url);
  const [sent] = import_files;
  const { file_uploads } = await readRows(database.url);
  expect(file_uploads).toContainEqual(
    expect.objectContaining({
      ...{ id: sent?.id, name: sent?.name, size: sent?.size, created_by: sent?.uploaded_by },
      ...{ object_id: sent?.id, upload: "", finished_at: sent?.created_at },
      for_import: imports[0]?.workspace_id,
    }),
  );
});

test("tasks begin on no day, and from now on on none after they are due", async () => {
  await migrate(database.url);
  const { tasks } = await readRows(database.url);
  expect(tasks?.map(({ start_date }) => start_date)).toEqual(tasks?.map(() => null));
  const begin = (day: string) =>
    withSql(
      database.url,
      (sql) => sql`update tasks set start_date = ${day} where due_date = '2028-02-29'`,
    );
  await begin("2028-02-29");
  await expect(begin("2028-03-01")).rejects.toMatchObject({
    constraint_name: "tasks_days_in_order",
  });
});

test("every role from before is its person's own, whatever groups there will be", async () => {
  await migrate(database.url);
  const upgraded = await readRows(database.url);
  for (const table of ["members", "project_members", "document_members"]) {
    const roles = upgraded[table]?.map(({ role, personal_role }) => [role, personal_role]);
    expect(roles).toEqual(roles?.map(([role]) => [role, role]));
    expect(roles, table).not.toEqual([]);
  }
});

test("a priority, a category and a role are one of their lists, whoever writes", async () => {
  await migrate(database.url);
  const set = (table: string, column: string, value: string) =>
    withSql(database.url, (sql) => sql`update ${sql(table)} set ${sql(column)} = ${value}`);
  const lists = { tasks: "priority", statuses: "category", members: "role" };
  for (const [table, column] of Object.entries(lists)) {
    await expect(set(table, column, "typo")).rejects.toMatchObject({
      constraint_name: `${table}_${column}`,
    });
  }
  await set("tasks", "priority", "urgent");
});

test("the Guildhall from before refuses the upgraded database and leaves it as it is", async () => {
  await migrate(database.url);
  const upgraded = await readRows(database.url);
  const older = olderMigrations();
  await expect(migrate(database.url, older.folder)).rejects.toThrow(
    "The database was created by a newer version of Guildhall. Start that version, or restore a backup from before the upgrade.",
  );
  older.remove();
  expect(await readRows(database.url)).toEqual(upgraded);
});
