import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../testing/databases.ts";
import { connect, type DbClient } from "./client.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: DbClient;
let transactions = 0;
beforeAll(async () => {
  database = await createTestDatabase();
  client = connect(database.url, {
    pool: 1,
    aroundTransaction: (run) => {
      transactions++;
      return run();
    },
  });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

test("tells what runs and what waits for a connection, and forgets what has ended either way", async () => {
  const { db, underWay } = client;
  const opened = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const transaction = db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    opened.resolve();
    await held.promise;
  });
  await opened.promise;
  expect(underWay()).toBe(1);
  const waiting = [
    db.execute(sql`select 2`).then((rows) => [...rows]),
    db.execute(sql`select nonsense`).then(
      () => "answered",
      () => "refused",
    ),
    db
      .transaction(() => Promise.reject(new Error("changed its mind")))
      .catch((error: Error) => error.message),
  ];
  await expect.poll(underWay).toBe(4);
  held.resolve();
  await transaction;
  expect(await Promise.all(waiting)).toEqual([[{ "?column?": 2 }], "refused", "changed its mind"]);
  await expect.poll(underWay).toBe(0);
  expect(transactions).toBe(2);
});
