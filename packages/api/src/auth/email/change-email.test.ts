import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const newEmail = () => `new-${uuidv7()}@example.com`;

/** What was mailed last to this address, and the secret of the link in it. */
async function mailTo(email: string) {
  const last = () => api.mails.findLast(({ to }) => to === email);
  await expect.poll(last).toBeDefined();
  const text = last()?.text ?? "";
  return { text, token: /token=(\S+)/.exec(text)?.[1] ?? "" };
}

async function ask(person: TestPerson, email: string) {
  const asked = await person.call.auth.requestEmailChange({ email });
  return { asked, toNew: await mailTo(email), toOld: await mailTo(person.user.email) };
}

test("an address changes when the link to the new one is opened by its account, and once", async () => {
  const [ada, bea] = [await api.person("Ada"), await api.person("Bea")];
  const email = newEmail();
  const { asked, toNew } = await ask(ada, email);
  expect(asked).toEqual({ sentTo: email });
  expect(await ada.call.auth.emailState()).toMatchObject({ pendingEmail: email });
  const { token } = toNew;
  const theirs = bea.call.auth.confirmEmailChange({ token });
  await expect(theirs).rejects.toEqual(reason("link_expired"));
  expect((await ada.call.auth.me()).email).toBe(ada.user.email);
  expect(await ada.call.auth.confirmEmailChange({ token })).toEqual({ email });
  expect((await ada.call.auth.me()).email).toBe(email);
  expect(await ada.call.auth.emailState()).toMatchObject({ isConfirmed: true, pendingEmail: null });
  const again = ada.call.auth.confirmEmailChange({ token });
  await expect(again).rejects.toEqual(reason("link_expired"));
  expect((await api.signIn({ email, password: PASSWORD })).user.id).toBe(ada.user.id);
  // The old one is free for somebody else.
  const old = { email: ada.user.email, password: PASSWORD };
  expect((await api.register(old)).user.id).not.toBe(ada.user.id);
});

test("a link is of no use after a day, nor once another was asked for", async () => {
  const ada = await api.person("Ada");
  const first = await ask(ada, newEmail());
  const second = await ask(ada, newEmail());
  const open = ({ toNew }: typeof first) =>
    ada.call.auth.confirmEmailChange({ token: toNew.token });
  await expect(open(first)).rejects.toEqual(reason("link_expired"));
  await api.services.db
    .update(schema.emailChanges)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(schema.emailChanges.userId, ada.user.id));
  await expect(open(second)).rejects.toEqual(reason("link_expired"));
});

test("who has an account is told to its owner alone", async () => {
  const [ada, bea] = [await api.person("Ada"), await api.person("Bea")];
  const { asked, toNew } = await ask(ada, bea.user.email);
  expect(asked).toEqual({ sentTo: bea.user.email });
  expect(toNew).toMatchObject({ token: "", text: expect.stringContaining("It stays yours") });
  expect(await ada.call.auth.emailState()).toMatchObject({ pendingEmail: bea.user.email });
});

test("taken by somebody meanwhile, it stays theirs", async () => {
  const ada = await api.person("Ada");
  const email = newEmail();
  const { toNew } = await ask(ada, email);
  const { user } = await api.register({ email, password: PASSWORD });
  const late = ada.call.auth.confirmEmailChange({ token: toNew.token });
  await expect(late).rejects.toEqual(reason("email_taken"));
  expect((await api.signIn({ email, password: PASSWORD })).user.id).toBe(user.id);
});

test("the old address says that it wasn't me: before the change, and for a week after it", async () => {
  const ada = await api.person("Ada");
  const early = await ask(ada, newEmail());
  await api.stranger.auth.undoEmailChange({ token: early.toOld.token });
  await expect(ada.call.auth.me()).rejects.toEqual(reason("signed_out"));
  const back = await api.signIn({ email: ada.user.email, password: PASSWORD });
  const call = api.as(back.token);
  const dead = call.auth.confirmEmailChange({ token: early.toNew.token });
  await expect(dead).rejects.toEqual(reason("link_expired"));

  const script = await call.tokens.create({ name: "Script", scope: "read", days: 1 });
  const late = await ask({ ...ada, call }, newEmail());
  await call.auth.confirmEmailChange({ token: late.toNew.token });
  const undone = await api.stranger.auth.undoEmailChange({ token: late.toOld.token });
  expect(undone).toEqual({ email: ada.user.email });
  for (const token of [back.token, script.token]) {
    await expect(api.as(token).auth.me()).rejects.toEqual(reason("signed_out"));
  }
  expect((await api.signIn({ email: ada.user.email, password: PASSWORD })).user).toEqual(ada.user);
  const again = api.stranger.auth.undoEmailChange({ token: late.toOld.token });
  await expect(again).rejects.toEqual(reason("link_expired"));
  const audited = await api.services.db
    .select()
    .from(schema.auditEntries)
    .where(eq(schema.auditEntries.subjectId, ada.user.id));
  expect(audited.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      ...["account.addressRequested", "account.addressChanged", "account.addressUndone"],
    ]),
  );
});

test("who undoes a change undoes what was changed after it: the stranger's own link gives them nothing back", async () => {
  const ada = await api.person("Ada");
  const change = async (from: string) => {
    const email = newEmail();
    await ada.call.auth.requestEmailChange({ email });
    await ada.call.auth.confirmEmailChange({ token: (await mailTo(email)).token });
    return { email, undo: (await mailTo(from)).token };
  };
  const first = await change(ada.user.email);
  const second = await change(first.email);
  const third = await change(second.email);
  // Each by itself, from the last one.
  expect(await api.stranger.auth.undoEmailChange({ token: third.undo })).toEqual({
    email: second.email,
  });
  const undone = await api.stranger.auth.undoEmailChange({ token: first.undo });
  expect(undone).toEqual({ email: ada.user.email });
  const back = api.stranger.auth.undoEmailChange({ token: second.undo });
  await expect(back).rejects.toEqual(reason("link_expired"));
  expect((await api.signIn({ email: ada.user.email, password: PASSWORD })).user).toEqual(ada.user);
});

test("a session says when it was last used, to some minutes", async () => {
  const ada = await api.person("Ada");
  const setUse = (minutes: number) =>
    api.services.db
      .update(schema.sessions)
      .set({ lastUsedAt: sql`now() - make_interval(mins => ${minutes})` })
      .where(eq(schema.sessions.userId, ada.user.id));
  const minutesAgo = async () => {
    const [{ lastUsedAt } = { lastUsedAt: null }] = await ada.call.auth.sessions();
    return Math.round((Date.now() - (lastUsedAt?.getTime() ?? 0)) / 60_000);
  };
  await setUse(3);
  expect(await minutesAgo()).toBe(3);
  await setUse(60);
  expect(await minutesAgo()).toBe(0);
});
