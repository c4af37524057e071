import { afterEach, beforeEach, expect, test } from "vitest";
import { createOlderDatabase, olderMigrations, readRows, withSql } from "../testing/rows.ts";
import { migrate } from "./migrate.ts";

let database: { url: string; drop(): Promise<void> };
beforeEach(async () => {
  database = await createOlderDatabase();
});
afterEach(() => database.drop());

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
    if (table === "document_comments" || table.startsWith("search_")) continue;
    // What a column became is that migration's own test; here nothing may be lost or touched.
    const kept = Object.keys(rows[0] ?? {}).filter(
      (column) => column in (upgraded[table]?.[0] ?? {}),
    );
    const only = (row: object) =>
      Object.fromEntries(Object.entries(row).filter(([c]) => kept.includes(c)));
    expect(upgraded[table]?.map(only), table).toEqual(expect.arrayContaining(rows.map(only)));
    const moved = table === "comments" ? count("document_comments") : 0;
    expect(upgraded[table]).toHaveLength(rows.length + moved);
  }
});

test("what was said in documents is among the comments, in the feed too, and can be found", async () => {
  const old = await readRows(database.url);
  const [said] = old.document_comments ?? [];
  const [thread] = old.document_threads ?? [];
  const json = { id: said?.id, threadId: thread?.id, documentId: thread?.document_id, body: "a" };
  const [actor] = old.users ?? [];
  await withSql(database.url, async (sql) => {
    await sql`insert into changes (workspace_id, seq, entity, entity_id, op, row)
      select id, change_seq + 1, 'documentComment', ${String(said?.id)}, 'insert',
        ${sql.json({ json } as never)} from workspaces limit 1`;
    await sql`insert into mutations (id, actor_id, path) values (gen_random_uuid(),
      ${String(actor?.id)}, 'documentComments.reply')`;
  });
  await migrate(database.url);
  const { comments, changes, mutations, search_queue } = await readRows(database.url);
  expect(comments).toContainEqual(expect.objectContaining({ ...said, task_id: null }));
  expect(changes).toContainEqual(
    expect.objectContaining({
      entity: "comment",
      row: { json: { ...json, taskId: null, sourceAuthor: null } },
    }),
  );
  expect(mutations).toContainEqual(expect.objectContaining({ path: "comments.create" }));
  expect(search_queue).toContainEqual(expect.objectContaining({ kind: "comment", id: said?.id }));
});

test("the Guildhall from before refuses the upgraded database and leaves it as it is", async () => {
  await migrate(database.url);
  const upgraded = await readRows(database.url);
  const older = olderMigrations();
  await expect(migrate(database.url, older.folder)).rejects.toThrow(
    "The database was made by a newer Guildhall than this one: start that version, or restore a backup from before the upgrade.",
  );
  older.remove();
  expect(await readRows(database.url)).toEqual(upgraded);
});
