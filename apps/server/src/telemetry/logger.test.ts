import { inRequest, type RequestScope } from "@guildhall/api/server";
import { connect, schema } from "@guildhall/db";
import { createTestDatabase } from "@guildhall/db/testing";
import { expect, test } from "vitest";
import { createLog } from "./logger.ts";

function createKeptLog() {
  const lines: string[] = [];
  return { log: createLog("info", { write: (line) => lines.push(line) }), lines };
}

test("an error of the database is told without what people typed", async () => {
  const database = await createTestDatabase();
  const { db, close } = connect(database.url, { pool: 1 });
  const { log, lines } = createKeptLog();
  const secret = "a hash of somebody's password";
  const user = { id: secret, email: "ada@example.org", name: "Ada", passwordHash: secret };
  const error = await db
    .insert(schema.users)
    .values(user)
    .then(
      () => null,
      (reason: unknown) => reason,
    );
  log.error({ err: error }, "It failed.");
  await close();
  await database.drop();
  const { err } = JSON.parse(String(lines[0]));
  expect(err.message).toContain('insert into "users"');
  expect(err.stack).toContain("logger.test.ts");
  expect(err.cause).toMatchObject({ type: "PostgresError", code: "22P02" });
  expect(lines[0]).not.toContain(secret);
  expect(lines[0]).not.toContain("ada@example.org");
});

test("names the request of a line wherever it is written, and hides what is called a secret", async () => {
  const { log, lines } = createKeptLog();
  const scope: RequestScope = { id: "request-1" };
  await inRequest(scope, async () => {
    await null;
    scope.userId = "ada";
    log.info({ password: "x1", deep: { token: "x2", deeper: { cookie: "x3" } } }, "Deep inside.");
  });
  log.info({}, "Elsewhere.");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ requestId: "request-1", userId: "ada", msg: "Deep inside." }),
    expect.not.objectContaining({ requestId: expect.anything() }),
  ]);
  expect(lines[0]).not.toMatch(/x[123]/);
});
