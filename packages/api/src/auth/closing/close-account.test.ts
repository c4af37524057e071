import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { generateSync } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorker } from "../../../testing/workers.ts";
import { createLocalBus } from "../../core/bus/bus.ts";

const { pushSubscriptions, sessions, users } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const reason = (name: string) => expect.objectContaining({ reason: name });
const close = ({ call, user }: TestPerson, keepsName = true) =>
  call.auth.closeAccount({ email: user.email, keepsName });
const login = ({ user }: TestPerson, password = PASSWORD) =>
  api.stranger.auth.login({ email: user.email, password });
const mailsTo = ({ user }: TestPerson) => api.mails.filter(({ to }) => to === user.email);

async function askedToReopen(person: TestPerson) {
  const { token, closed } = await login(person);
  expect(token).toBeNull();
  return closed?.ticket ?? "";
}

const shiftClosing = (person: TestPerson, days: number) =>
  api.services.db
    .update(users)
    .set({ closedAt: sql`now() - make_interval(days => ${days})` })
    .where(eq(users.id, person.user.id));

async function endOf(stream: AsyncIterable<unknown>) {
  try {
    for await (const _ of stream);
    return "ended";
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
}

test("at once nothing opens it, on every worker, and its work and place stay under its name", async () => {
  const { owner, viewer, editor, workspaceId } = await makeTeam(api);
  const { token } = await editor.call.tokens.create({ name: "Script", scope: "read", days: 1 });
  const [session] = await api.services.db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, editor.user.id));
  const userId = editor.user.id;
  await api.services.db.insert(pushSubscriptions).values({
    ...{ id: userId, userId, sessionId: session?.id ?? "", endpoint: `https://push/${userId}` },
    ...{ p256dh: "x", auth: "y" },
  });
  // As when Redis is frozen: no message reaches it.
  const deaf = startWorker(api, createLocalBus());
  try {
    const streams = await Promise.all(
      [editor.call, deaf.as(editor)].map((call) =>
        call.changes.onChange({ workspaceId, lastEventId: 0 }),
      ),
    );
    const ends = streams.map(endOf);
    const typo = editor.call.auth.closeAccount({ email: owner.user.email, keepsName: true });
    await expect(typo).rejects.toEqual(reason("name_differs"));
    const { eraseAt } = await close(editor);
    expect(eraseAt.getTime()).toBeGreaterThan(Date.now() + 13 * 24 * 60 * 60_000);
    expect(await Promise.all(ends)).toEqual(["signed_out", "signed_out"]);
  } finally {
    await deaf.stop();
  }
  // Whoever has its page open hears why.
  await expect(editor.call.auth.me()).rejects.toEqual(reason("account_closed"));
  await expect(api.as(token).auth.me()).rejects.toEqual(reason("signed_out"));
  expect(
    await api.services.db.$count(pushSubscriptions, eq(pushSubscriptions.userId, userId)),
  ).toBe(0);
  const { members } = await viewer.call.workspaces.open({ workspaceId });
  expect(members.find((each) => each.userId === userId)).toMatchObject({
    ...{ name: "Eli", isClosed: true, role: "editor" },
  });
  const addresses = await owner.call.members.addresses({ workspaceId });
  expect(addresses.map((each) => each.userId)).not.toContain(userId);
  expect(mailsTo(editor).at(-1)?.text).toContain("/sign-in");
});

test("to who doesn't know its password it looks like any other account", async () => {
  const person = await api.person("Pia");
  await close(person);
  await expect(login(person, "wrong")).rejects.toEqual(reason("wrong_credentials"));
  const { email } = person.user;
  const { user: open } = await api.person("Pat");
  const answers = [email, open.email].map((each) =>
    api.stranger.auth.requestSignUp({ email: each }),
  );
  expect(await Promise.all(answers)).toEqual([{ sentTo: email }, { sentTo: open.email }]);
  const subjects = () =>
    api.mails.filter(({ subject }) => subject.startsWith("You already")).map(({ to }) => to);
  await expect.poll(subjects).toEqual(expect.arrayContaining([email, open.email]));
  await expect(api.stranger.auth.reopenAccount({ ticket: "x" })).rejects.toEqual(
    reason("sign_in_expired"),
  );
});

test("who signs in within its days has it back, with the rights they would have now", async () => {
  const { owner, editor, workspaceId } = await makeTeam(api);
  const userId = editor.user.id;
  await close(editor, false);
  const nameAndState = async () => {
    const { members } = await owner.call.workspaces.open({ workspaceId });
    const { name, isClosed, role } = members.find((each) => each.userId === userId) ?? {};
    return [name, isClosed, role];
  };
  expect(await nameAndState()).toEqual(["Former member", true, "editor"]);
  await owner.call.members.setRole({ workspaceId, userId, role: "viewer" });
  const ticket = await askedToReopen(editor);
  const back = await api.stranger.auth.reopenAccount({ ticket });
  const call = api.as(back.token);
  expect(await call.auth.me()).toEqual(editor.user);
  expect(await nameAndState()).toEqual(["Eli", false, "viewer"]);
  expect(await call.workspaces.open({ workspaceId })).toMatchObject({ role: "viewer" });
  // What was open before stays closed; the same ticket only signs in again.
  await expect(editor.call.auth.me()).rejects.toEqual(reason("signed_out"));
  const { token } = await login(editor);
  expect(await api.as(token).auth.me()).toEqual(editor.user);
});

test("a second factor is wanted before anybody is asked whether to come back", async () => {
  const person = await api.person("Ada");
  const { secret, ticket } = await person.call.factors.beginApp({});
  const code = generateSync({ secret });
  const { recoveryCodes } = await person.call.factors.confirmApp({ ticket, code });
  await close(person);
  const first = await login(person);
  expect([first.token, first.closed]).toEqual([null, null]);
  const pending = first.pending?.ticket ?? "";
  const wrong = { pending, appCode: "000000" };
  await expect(api.stranger.auth.finishSignIn(wrong)).rejects.toEqual(reason("wrong_code"));
  const right = { pending, recoveryCode: recoveryCodes?.[0] ?? "" };
  const { closed } = await api.stranger.auth.finishSignIn(right);
  const back = await api.stranger.auth.reopenAccount({ ticket: closed?.ticket ?? "" });
  expect(await api.as(back.token).auth.me()).toMatchObject({ id: person.user.id });
});

test("when its days are over it cannot be opened any more, and a new password makes the question void", async () => {
  const person = await api.person("Pia");
  await close(person);
  const ticket = await askedToReopen(person);
  await shiftClosing(person, 15);
  const late = api.stranger.auth.reopenAccount({ ticket });
  await expect(late).rejects.toEqual(reason("gone_for_good"));
  await shiftClosing(person, 1);
  // Who forgot it has their mailbox.
  await api.stranger.auth.forgotPassword({ email: person.user.email });
  const link = () => mailsTo(person).find(({ text }) => text.includes("reset-password"));
  await expect.poll(link).toBeDefined();
  const token = /token=(\S+)/.exec(link()?.text ?? "")?.[1] ?? "";
  await api.stranger.auth.resetPassword({ token, password: "another password" });
  const old = api.stranger.auth.reopenAccount({ ticket });
  await expect(old).rejects.toEqual(reason("sign_in_expired"));
  expect(await login(person, "another password")).toMatchObject({
    closed: { ticket: expect.any(String) },
  });
});

test("nobody closes it while others would be left without an owner, or the server without an administrator", async () => {
  const { owner, editor, workspaceId } = await makeTeam(api);
  const { id: own } = await owner.call.workspaces.create({ name: "Garden" });
  expect(await owner.call.auth.closing()).toEqual({
    withOthers: [{ id: workspaceId, name: "Mill" }],
    onlyMine: [{ id: own, name: "Garden" }],
    isLastAdministrator: false,
  });
  await expect(close(owner)).rejects.toMatchObject({
    ...{ reason: "last_owner", message: expect.stringContaining("“Mill”") },
  });
  await owner.call.members.setRole({ workspaceId, userId: editor.user.id, role: "owner" });
  const both = await Promise.allSettled([close(owner), close(editor)]);
  expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);

  const admin = await api.person("Adi");
  const set = { isAdministrator: true };
  await api.services.db.update(users).set(set).where(eq(users.id, admin.user.id));
  expect(await admin.call.auth.closing()).toMatchObject({ isLastAdministrator: true });
  await expect(close(admin)).rejects.toEqual(reason("last_administrator"));
});

test("an account's last use is noted, however it was used", async () => {
  const person = await api.person("Pia");
  const usedAt = async () => {
    const [row] = await api.services.db.select().from(users).where(eq(users.id, person.user.id));
    return row?.lastUsedAt;
  };
  expect(await usedAt()).toBeInstanceOf(Date);
  const { token } = await person.call.tokens.create({ name: "Script", scope: "read", days: 1 });
  const long = { lastUsedAt: new Date(0) };
  for (const table of [users, sessions]) await api.services.db.update(table).set(long);
  await api.as(token).auth.me();
  expect(await usedAt()).not.toEqual(new Date(0));
  await api.services.db.update(users).set(long);
  await person.call.auth.me();
  const first = await usedAt();
  expect(first).not.toEqual(new Date(0));
  await person.call.auth.me();
  expect(await usedAt()).toEqual(first);
});
