import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../testing/databases.ts";
import { connect, type DbClient } from "./client.ts";
import { sqlState } from "./errors.ts";
import { sendNow } from "./send-now.ts";

let database: { url: string; drop(): Promise<void> };
let client: DbClient;
let other: DbClient;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  client = connect(database.url, { pool: 1 });
  other = connect(database.url, { pool: 1 });
  await other.db.execute(sql`create table log (line text)`);
  await other.db.execute(sql`create table boxes (size int)`);
});
afterAll(async () => {
  await client.close();
  await other.close();
  await database.drop();
});

const log = async () => {
  const rows = await other.db.execute<{ line: string }>(sql`select line from log`);
  return rows.map((row) => row.line);
};

/** Logs `line`, and logs it in capitals by a last statement that nobody waits for before COMMIT. */
async function logTwice(line: string) {
  let last: Promise<unknown> = Promise.resolve();
  await client.db.transaction(async (tx) => {
    await tx.execute(sql`insert into log values (${line})`);
    last = sendNow(
      tx,
      sql`with l as (insert into log values (${line.toUpperCase()})) select size from boxes`,
    );
  });
  await last;
}

test("statements run in the order in which they were sent, and before the COMMIT", async () => {
  for (const line of ["a", "b"]) await logTwice(line);
  expect(await log()).toEqual(["a", "A", "b", "B"]);
});

test("one that Postgres wants prepared anew is not run again behind its COMMIT", async () => {
  await other.db.execute(sql`alter table boxes alter size type text`);
  const refused = await logTwice("c").catch(sqlState);
  expect(refused).toBe("0A000");
  expect(await log()).toEqual(["a", "A", "b", "B"]);
  await logTwice("d");
  expect(await log()).toEqual(["a", "A", "b", "B", "d", "D"]);
});
