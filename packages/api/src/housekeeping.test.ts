import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clearAway } from "./housekeeping.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

test("ended sessions and old answers go, what is in use stays", async () => {
  const { db } = api.services;
  const person = await api.person("Hana");
  const { token } = await api.signIn({
    email: person.user.email,
    password: "correct horse",
  });
  const [first] = await person.call.auth.sessions();
  const old = uuidv7();
  await person.call.workspaces.create({ name: "Mill", mutationId: old });
  const fresh = uuidv7();
  await person.call.workspaces.create({ name: "Farm", mutationId: fresh });
  await db
    .update(schema.mutations)
    .set({ createdAt: sql`now() - interval '91 days'` })
    .where(eq(schema.mutations.id, old));
  await db
    .update(schema.sessions)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(schema.sessions.id, first?.id ?? ""));

  expect(await clearAway(db)).toBe(2);
  const kept = await db.select({ id: schema.mutations.id }).from(schema.mutations);
  expect(kept).toEqual([{ id: fresh }]);
  const alive = await Promise.all(
    [token, person.token].map((t) =>
      api
        .as(t)
        .auth.me()
        .then(
          () => true,
          () => false,
        ),
    ),
  );
  expect(alive.filter(Boolean)).toHaveLength(1);
});
