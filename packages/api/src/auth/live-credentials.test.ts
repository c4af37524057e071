import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashSecret } from "../core/secrets.ts";
import { goneCredentials, renewSessions } from "./live-credentials.ts";

const { sessions, accessTokens } = schema;

let api: TestApi;
let ann: TestPerson;
beforeAll(async () => {
  api = await startTestApi();
  ann = await api.person("Ann");
});
afterAll(() => api.stop());

const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);

async function session(expiresAt: Date) {
  const { secret } = await api.services.sessions.open(ann.user.id, {
    address: "127.0.0.1",
    userAgent: null,
  });
  const id = hashSecret(secret);
  await api.services.db.update(sessions).set({ expiresAt }).where(eq(sessions.id, id));
  return id;
}

async function token(fields: { expiresAt: Date; revokedAt?: Date }) {
  const id = uuidv7();
  const row = { id, userId: ann.user.id, name: "Tool", scope: "read" as const, ...fields };
  await api.services.db.insert(accessTokens).values(row);
  return id;
}

const expiryOf = async (id: string) => {
  const [row] = await api.services.db.select().from(sessions).where(eq(sessions.id, id));
  return row?.expiresAt.getTime() ?? Number.NaN;
};

test("of many credentials, only those that open nothing any more are named", async () => {
  const good = {
    session: await session(fromNow(10)),
    token: await token({ expiresAt: fromNow(1) }),
  };
  const bad = {
    expired: await session(fromNow(-1)),
    unknown: hashSecret("nobody's"),
    revoked: await token({ expiresAt: fromNow(1), revokedAt: new Date() }),
    oldToken: await token({ expiresAt: fromNow(-1) }),
    noToken: uuidv7(),
  };
  const ids = {
    sessions: [good.session, bad.expired, bad.unknown],
    tokens: [bad.revoked, good.token, bad.oldToken, bad.noToken],
  };
  const gone = await goneCredentials(api.services.db, ids);
  expect(gone).toEqual(new Set(Object.values(bad)));
  expect(await goneCredentials(api.services.db, { sessions: [], tokens: [] })).toEqual(new Set());
});

test("sessions past half of their life start again, others and ended ones stay as they are", async () => {
  const [late, early, ended] = [
    await session(fromNow(20)),
    await session(fromNow(40)),
    await session(fromNow(-1)),
  ];
  const before = { early: await expiryOf(early), ended: await expiryOf(ended) };
  await renewSessions(api.services.db, [late, early, ended], { minutes: 60 });
  expect(await expiryOf(late)).toBeGreaterThan(fromNow(59).getTime());
  expect({ early: await expiryOf(early), ended: await expiryOf(ended) }).toEqual(before);
  await renewSessions(api.services.db, [], { minutes: 60 });
});
