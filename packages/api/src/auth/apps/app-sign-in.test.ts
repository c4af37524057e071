import { createHash } from "node:crypto";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hashSecret, makeSecret } from "../../core/secrets.ts";

const { auditEntries, identities, providerSessions, sessions } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

function newApp() {
  const verifier = makeSecret();
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { verifier, asks: { challenge, app: "Guildhall 0.1.0 for Linux", computer: "laptop" } };
}
const expired = { reason: "sign_in_expired" };
const rowOf = async (secret: string) =>
  (
    await api.services.db
      .select()
      .from(sessions)
      .where(eq(sessions.id, hashSecret(secret)))
  )[0];

async function allowed(person: TestPerson) {
  const { verifier, asks } = newApp();
  const { code } = await person.call.auth.allowApp(asks);
  return { code, verifier };
}

test("who is signed in in their browser signs in their app with it, and the log tells of both", async () => {
  const ann = await api.person("Ann");
  const { token, user, device } = await api.stranger.auth.redeemAppCode(await allowed(ann));
  expect(user).toEqual(ann.user);
  expect(device).toBeTruthy();
  expect(await api.as(token).auth.me()).toMatchObject({ id: ann.user.id });
  // Another session than the browser's, which ends by itself.
  await ann.call.auth.logout({});
  expect(await api.as(token).auth.me()).toMatchObject({ id: ann.user.id });
  const said = await api.services.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.actorId, ann.user.id));
  expect(said).toContainEqual(
    expect.objectContaining({
      action: "account.appAllowed",
      after: { app: "Guildhall 0.1.0 for Linux", computer: "laptop" },
    }),
  );
  expect(said.filter(({ action }) => action === "account.signedIn")).not.toEqual([]);
});

test("the code is worth nothing without the app's secret, and is gone after one try", async () => {
  const ann = await api.person("Ann");
  const { code, verifier } = await allowed(ann);
  const other = newApp().verifier;
  await expect(api.stranger.auth.redeemAppCode({ code, verifier: other })).rejects.toMatchObject(
    expired,
  );
  await expect(api.stranger.auth.redeemAppCode({ code, verifier })).rejects.toMatchObject(expired);

  const again = await allowed(ann);
  const both = await Promise.allSettled([
    api.stranger.auth.redeemAppCode(again),
    api.stranger.auth.redeemAppCode(again),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("it is good for two minutes, of this server, and while the browser is signed in", async () => {
  const ann = await api.person("Ann");
  const late = await allowed(ann);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 121_000 });
  try {
    await expect(api.stranger.auth.redeemAppCode(late)).rejects.toMatchObject(expired);
  } finally {
    vi.useRealTimers();
  }
  const { verifier } = newApp();
  const made = { code: makeSecret(), verifier };
  await expect(api.stranger.auth.redeemAppCode(made)).rejects.toMatchObject(expired);

  const open = await allowed(ann);
  await ann.call.auth.logout({});
  await expect(api.stranger.auth.redeemAppCode(open)).rejects.toMatchObject(expired);
});

test("only a session allows an app: no access token does", async () => {
  const ann = await api.person("Ann");
  const { token } = await ann.call.tokens.create({ name: "Script", scope: "write", days: 1 });
  await expect(api.as(token).auth.allowApp(newApp().asks)).rejects.toMatchObject({
    reason: "session_only",
  });
  await expect(api.stranger.auth.allowApp(newApp().asks)).rejects.toMatchObject({
    reason: "signed_out",
  });
});

test("the app's session has passed what the browser's has, and is confirmed no later", async () => {
  const ann = await api.person("Ann");
  const before = await api.stranger.auth.redeemAppCode(await allowed(ann));
  expect(await rowOf(before.token)).toMatchObject({ authenticatedBy: "password", factorAt: null });

  const beforeFactor = await allowed(ann);
  const { secret, ticket } = await ann.call.factors.beginApp({});
  await ann.call.factors.confirmApp({ ticket, code: generateSync({ secret }) });
  // A first factor ends every other session; the browser's has passed it, and what it allowed has too.
  await expect(api.as(before.token).auth.me()).rejects.toMatchObject({ reason: "signed_out" });
  const opened = await api.stranger.auth.redeemAppCode(beforeFactor);
  expect((await rowOf(opened.token))?.factorAt).not.toBeNull();

  const { token } = await api.stranger.auth.redeemAppCode(await allowed(ann));
  const [browser, app] = [await rowOf(ann.token), await rowOf(token)];
  expect(app?.factorAt).not.toBeNull();
  expect(app?.confirmedAt).toEqual(browser?.confirmedAt);
});

test("the app of who came by a provider ends with their session there", async () => {
  const ann = await api.person("Ann");
  const { db } = api.services;
  const identity = { id: uuidv7(), userId: ann.user.id, provider: "corp", issuer: "https://corp" };
  await db.insert(identities).values({ ...identity, subject: "ann", email: ann.user.email });
  await db.insert(providerSessions).values({
    ...{ sessionId: hashSecret(ann.token), identityId: identity.id, provider: "corp" },
    ...{ sid: "one", idToken: "token" },
  });
  const { token } = await api.stranger.auth.redeemAppCode(await allowed(ann));
  const [follows] = await db
    .select()
    .from(providerSessions)
    .where(eq(providerSessions.sessionId, hashSecret(token)));
  expect(follows).toMatchObject({ identityId: identity.id, sid: "one" });
});
