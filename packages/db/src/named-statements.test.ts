import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../testing/databases.ts";
import { connect, type DbClient, type Queryable } from "./client.ts";

let database: { url: string; drop(): Promise<void> };
let client: DbClient;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  client = connect(database.url, { pool: 1 });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

const texts = async () => {
  const rows = await client.db.execute<{ statement: string }>(
    sql`select statement from pg_prepared_statements`,
  );
  return rows.map((row) => row.statement);
};

test("statements with parameters are named, also in transactions and savepoints", async () => {
  await client.db.execute(sql`select ${1}::int as pool`);
  await client.db.transaction(async (tx) => {
    await tx.execute(sql`select ${1}::int as in_transaction`);
    await tx.transaction((nested) => nested.execute(sql`select ${1}::int as in_savepoint`));
  });
  expect(await texts()).toEqual(
    expect.arrayContaining([
      "select $1::int as pool",
      "select $1::int as in_transaction",
      "select $1::int as in_savepoint",
    ]),
  );
});

test("statements of any length and number cannot fill the memory of Postgres", async () => {
  const long = sql.raw(`/* ${"x".repeat(13_000)} */`);
  await client.db.execute(sql`select ${1}::int as long ${long}`);
  const list = sql.join(
    Array.from({ length: 50 }, (_, i) => sql`${i}::int`),
    sql`, `,
  );
  await client.db.execute(sql`select 1 as listed where 1 in (${list})`);
  for (let i = 0; i < 600; i++) {
    await client.db.execute(sql`select ${i}::int as ${sql.identifier(`n${i}`)}`);
  }
  const named = await texts();
  expect(named.filter((text) => /as (long|listed)/.test(text))).toEqual([]);
  expect(named.length).toBeLessThan(520);
});

test("a migration that changes what a named statement returns is noticed", async () => {
  const other = connect(database.url, { pool: 1 });
  await client.db.execute(sql`create table boxes (size int)`);
  await client.db.execute(sql`insert into boxes values (7)`);
  const read = (q: Queryable) => q.execute(sql`select size from boxes where size > ${0}::int`);
  expect([...(await read(other.db))]).toEqual([{ size: 7 }]);
  await client.db.execute(sql`alter table boxes alter size type text using size || ' m'`);
  await client.db.execute(sql`create or replace function gt(text, int) returns boolean
    language sql immutable return length($1) > $2`);
  await client.db.execute(sql`create operator > (leftarg = text, rightarg = int, function = gt)`);
  expect([...(await read(other.db))]).toEqual([{ size: "7 m" }]);
  await other.close();
});
