import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";

const { users } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const deactivate = (id: string) =>
  api.services.db.update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, id));

test("a deactivated account opens nothing, and only who can open it is told why", async () => {
  const ada = await api.person("Ada");
  const { token } = await ada.call.tokens.create({ name: "Script", scope: "write", days: 1 });
  await deactivate(ada.user.id);
  const deactivated = { reason: "account_deactivated" };
  await expect(ada.call.auth.me()).rejects.toMatchObject(deactivated);
  await expect(api.as(token).auth.me()).rejects.toMatchObject({ reason: "signed_out" });
  const { email } = ada.user;
  const signIn = (password: string) => api.stranger.auth.login({ email, password });
  await expect(signIn(PASSWORD)).rejects.toMatchObject(deactivated);
  await expect(signIn("wrong")).rejects.toMatchObject({ reason: "wrong_credentials" });
});
