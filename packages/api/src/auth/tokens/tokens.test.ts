import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
let ada: TestPerson;
beforeAll(async () => {
  api = await startTestApi();
  ada = await api.person("Ada");
});
afterAll(() => api.stop());

const make = (scope: "read" | "write") =>
  ada.call.tokens.create({ name: "Script", scope, days: 1 });

test("a read token reads and changes nothing, a write token does both", async () => {
  const reader = api.as((await make("read")).token);
  expect(await reader.auth.me()).toEqual(ada.user);
  const refused = reader.workspaces.create({ name: "No" });
  await expect(refused).rejects.toMatchObject({ reason: "token_read_only" });
  const writer = api.as((await make("write")).token);
  expect(await writer.workspaces.create({ name: "Yes" })).toMatchObject({ name: "Yes" });
});

test("tokens neither make, list nor end tokens and sessions", async () => {
  const writer = api.as((await make("write")).token);
  const asks = [
    () => writer.tokens.create({ name: "More", scope: "write", days: 1 }),
    () => writer.tokens.list(),
    () => writer.auth.sessions(),
    () => writer.auth.revokeOtherSessions({}),
    () => writer.auth.changePassword({ newPassword: "long enough" }),
  ];
  for (const ask of asks) await expect(ask()).rejects.toMatchObject({ reason: "session_only" });
});

test("a revoked token ends at once, and only its owner revokes it", async () => {
  const { token, id } = await make("read");
  const { call: stranger } = await api.person("Sam");
  await expect(stranger.tokens.revoke({ id })).rejects.toMatchObject({ reason: "not_found" });
  expect(await api.as(token).auth.me()).toEqual(ada.user);
  await ada.call.tokens.revoke({ id });
  await expect(api.as(token).auth.me()).rejects.toMatchObject({ reason: "signed_out" });
  expect((await ada.call.tokens.list()).map((t) => t.id)).not.toContain(id);
});

test("another algorithm, none, another secret, no expiry left, or no row: nobody", async () => {
  const { id } = await make("write");
  const secret = new TextEncoder().encode(api.services.config.jwtSecret);
  const claims = () => new SignJWT({ scope: "write" }).setJti(id).setSubject(ada.user.id);
  const sign = (alg: string, key: Uint8Array, expires = "1h") =>
    claims().setProtectedHeader({ alg }).setExpirationTime(expires).sign(key);
  const good = await sign("HS256", secret);
  expect(await api.as(good).auth.me()).toEqual(ada.user);
  const forged = [
    await sign("HS512", secret),
    await sign("HS256", new TextEncoder().encode("another secret, of 32 bytes also")),
    await sign("HS256", secret, "-1s"),
    await claims().setJti(ada.user.id).setProtectedHeader({ alg: "HS256" }).sign(secret),
    new UnsecuredJWT({ scope: "write" }).setJti(id).setSubject(ada.user.id).encode(),
    good.replace(/\.[^.]*$/, "."),
    "a.b.c",
  ];
  for (const token of forged) {
    await expect(api.as(token).auth.me()).rejects.toMatchObject({ reason: "signed_out" });
  }
});
