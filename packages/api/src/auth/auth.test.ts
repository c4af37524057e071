import { schema, type Tx } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { whileWaiting } from "../../testing/while-waiting.ts";
import { hashPassword } from "./passwords/passwords.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const newEmail = () => `ada-${uuidv7()}@example.com`;
const reason = (name: string) => expect.objectContaining({ reason: name });

describe("login", () => {
  test("a wrong password and an unknown account are told the same, after the same work", async () => {
    const { user } = await api.person("Ada");
    const ask = (email: string) =>
      api.stranger.auth
        .login({ email, password: "wrong" })
        .catch((e) => ({ ...e, message: e.message }));
    const [known, unknown] = [await ask(user.email), await ask(newEmail())];
    expect(known).toEqual(unknown);
    expect(known).toEqual(reason("wrong_credentials"));
  });

  test("ten tries for an account and address, then none, also with the right password; elsewhere it goes on", async () => {
    const { user } = await api.person("Ada");
    const { email } = user;
    const from = (address: string) => api.as(null, { address }).auth;
    const tries = Array.from({ length: 11 }, () =>
      from("10.0.0.1")
        .login({ email, password: "wrong" })
        .catch((error) => error.reason),
    );
    const told = await Promise.all(tries);
    expect(told.sort()).toEqual(["too_many_tries", ...Array(10).fill("wrong_credentials")]);
    const right = { email, password: PASSWORD };
    await expect(from("10.0.0.1").login(right)).rejects.toEqual(reason("too_many_tries"));
    expect((await api.signIn(right, { address: "10.0.0.2" })).user).toEqual(user);
  });

  test("an account that is tried from everywhere lets in who signed in on this device before", async () => {
    const { user } = await api.person("Ada");
    const { email } = user;
    const at = (n: number) => api.as(null, { address: `10.1.${n}.1` }).auth;
    const right = { email, password: PASSWORD };
    const signInAt = (n: number, credentials: typeof right & { device?: string }) =>
      api.signIn(credentials, { address: `10.1.${n}.1` });
    const { device } = await signInAt(0, right);
    const wrong = await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        at(n + 1)
          .login({ email, password: "wrong" })
          .catch((error) => error.reason),
      ),
    );
    expect(wrong.filter((told) => told === "too_many_tries")).toHaveLength(20);
    const elsewhere = at(200).login(right);
    await expect(elsewhere).rejects.toEqual(reason("too_many_tries"));
    const { device: shared } = await signInAt(201, { ...right, device });
    expect(shared).toBe(device);
    // What somebody else's device was given is of no use here; on a shared one both are known.
    const { user: other } = await api.person("Bea");
    const theirs = { email: other.email, password: PASSWORD };
    const { device: strange } = await signInAt(202, theirs);
    const posing = at(203).login({ ...right, device: strange });
    await expect(posing).rejects.toEqual(reason("too_many_tries"));
    const { device: both } = await signInAt(204, { ...theirs, device });
    expect((await signInAt(205, { ...right, device: both })).user).toEqual(user);
  });

  test("a password of more than 72 bytes never fits, though bcrypt would only read its beginning", async () => {
    const email = newEmail();
    const password = "x".repeat(72);
    await api.register({ email, password });
    const longer = api.stranger.auth.login({ email, password: `${password}y` });
    await expect(longer).rejects.toEqual(reason("wrong_credentials"));
  });
});

describe("sessions", () => {
  test("are listed, revoked one by one, and end with logout; a stranger's are not found", async () => {
    const ada = await api.person("Ada");
    const signIn = () => api.signIn({ email: ada.user.email, password: PASSWORD });
    const [second, third] = [await signIn(), await signIn()];
    const listed = await ada.call.auth.sessions();
    expect(listed.filter((s) => s.current)).toHaveLength(1);
    const [newest] = listed;
    const id = newest?.id ?? "";
    const { call: stranger } = await api.person("Sam");
    await expect(stranger.auth.revokeSession({ id })).rejects.toEqual(reason("not_found"));
    await ada.call.auth.revokeSession({ id });
    const alive = async (token: string) =>
      api
        .as(token)
        .auth.me()
        .then(
          () => true,
          () => false,
        );
    expect([await alive(second.token), await alive(third.token)]).toEqual([true, false]);
    await api.as(second.token).auth.logout();
    expect(await alive(second.token)).toBe(false);
    expect(await alive(ada.token)).toBe(true);
  });

  test("a new password ends the others, and the links to choose one; the present one goes on", async () => {
    const ada = await api.person("Ada");
    const { email } = ada.user;
    const other = await api.signIn({ email, password: PASSWORD });
    const link = await askForLink(email);
    await ada.call.auth.changePassword({ newPassword: "a new password" });
    expect(await ada.call.auth.me()).toEqual(ada.user);
    await expect(api.as(other.token).auth.me()).rejects.toEqual(reason("signed_out"));
    const reset = api.stranger.auth.resetPassword({ token: link, password: "another one" });
    await expect(reset).rejects.toEqual(reason("link_expired"));
    expect(await api.stranger.auth.login({ email, password: "a new password" })).toBeTruthy();
  });

  test("nor does one stay that is opened with the old one at this moment", async () => {
    const { user } = await api.person("Ada");
    const passwordHash = await hashPassword("a new password", { passwordCost: 4 });
    const changed = (tx: Tx) =>
      tx.update(schema.users).set({ passwordHash }).where(eq(schema.users.id, user.id));
    const signIn = () => api.signIn({ email: user.email, password: PASSWORD });
    await expect(whileWaiting(api, changed, signIn)).rejects.toEqual(reason("sign_in_expired"));
    const left = eq(schema.sessions.userId, user.id);
    expect(await api.services.db.$count(schema.sessions, left)).toBe(1);
  });

  test("nor does a session that ends at this moment leave anything that opens the account", async () => {
    const { user, call } = await api.person("Ada");
    const mine = eq(schema.sessions.userId, user.id);
    const [session] = await api.services.db.select().from(schema.sessions).where(mine);
    const ways: (() => Promise<unknown>)[] = [
      () => call.tokens.create({ name: "Script", scope: "write", days: 1 }),
      () => call.auth.changePassword({ newPassword: "a new password" }),
      () => call.auth.requestEmailChange({ email: newEmail() }),
    ];
    for (const way of ways) {
      const ended = (tx: Tx) => tx.delete(schema.sessions).where(mine);
      await expect(whileWaiting(api, ended, way)).rejects.toEqual(reason("signed_out"));
      await api.services.db.insert(schema.sessions).values(session ? [session] : []);
    }
    expect(await call.tokens.list()).toEqual([]);
    expect((await api.signIn({ email: user.email, password: PASSWORD })).user).toEqual(user);
  });

  test("and access tokens go with the old password for who wants that", async () => {
    const ada = await api.person("Ada");
    const { token } = await ada.call.tokens.create({ name: "Script", scope: "read", days: 1 });
    const change = { newPassword: "a new password" };
    await ada.call.auth.changePassword(change);
    expect(await api.as(token).auth.me()).toEqual(ada.user);
    const again = { newPassword: PASSWORD, revokeTokens: true };
    await ada.call.auth.changePassword(again);
    await expect(api.as(token).auth.me()).rejects.toEqual(reason("signed_out"));
    expect(await ada.call.tokens.list()).toEqual([]);
  });
});

/** The secret of the link that is mailed. */
async function askForLink(email: string): Promise<string> {
  const before = api.mails.length;
  await api.stranger.auth.forgotPassword({ email });
  await expect.poll(() => api.mails.length).toBe(before + 1);
  return /token=(\S+)/.exec(api.mails.at(-1)?.text ?? "")?.[1] ?? "";
}

const mailedTo = (email: string, since: number) =>
  api.mails.slice(since).filter(({ to }) => to === email).length;

describe("a forgotten password", () => {
  test("the link works once, ends sessions and tokens, and its retry is answered alike", async () => {
    const ada = await api.person("Ada");
    const script = await ada.call.tokens.create({ name: "Script", scope: "write", days: 1 });
    const token = await askForLink(ada.user.email);
    const input = { token, password: "a new password", mutationId: uuidv7() };
    await api.stranger.auth.resetPassword(input);
    await api.stranger.auth.resetPassword(input);
    await expect(ada.call.auth.me()).rejects.toEqual(reason("signed_out"));
    await expect(api.as(script.token).auth.me()).rejects.toEqual(reason("signed_out"));
    const again = { ...input, mutationId: uuidv7() };
    await expect(api.stranger.auth.resetPassword(again)).rejects.toEqual(reason("link_expired"));
    const login = { email: ada.user.email, password: "a new password" };
    expect((await api.signIn(login)).user).toEqual(ada.user);
  });

  test("the link is of no use after 30 minutes", async () => {
    const { user } = await api.person("Ada");
    const before = Date.now();
    const token = await askForLink(user.email);
    const { passwordResets } = schema;
    const mine = eq(passwordResets.userId, user.id);
    const [row] = await api.services.db.select().from(passwordResets).where(mine);
    const begins = (row?.expiresAt.getTime() ?? 0) - 30 * 60_000;
    expect(begins).toBeGreaterThanOrEqual(before);
    expect(begins).toBeLessThanOrEqual(Date.now());
    await api.services.db.update(passwordResets).set({ expiresAt: new Date() }).where(mine);
    const late = api.stranger.auth.resetPassword({ token, password: "a new password" });
    await expect(late).rejects.toEqual(reason("link_expired"));
  });

  test("twenty who ask at once are mailed five links", async () => {
    const { user } = await api.person("Ada");
    const before = api.mails.length;
    const ask = () => api.stranger.auth.forgotPassword({ email: user.email });
    await Promise.all(Array.from({ length: 20 }, ask));
    await expect.poll(() => mailedTo(user.email, before)).toBe(5);
    // Every one of the twenty has been looked at: they hold the account one after the other.
    const { db } = api.services;
    await db.transaction(async (tx) => {
      await tx.select().from(schema.users).where(eq(schema.users.id, user.id)).for("update");
    });
    await askForLink((await api.person("Bea")).user.email);
    expect(mailedTo(user.email, before)).toBe(5);
  });

  test("an unknown address gets the same answer and no mail; a known one no more than five", async () => {
    const { user } = await api.person("Ada");
    const before = api.mails.length;
    const answer = await api.stranger.auth.forgotPassword({ email: newEmail() });
    for (let i = 0; i < 5; i++) await askForLink(user.email);
    expect(await api.stranger.auth.forgotPassword({ email: user.email })).toEqual(answer);
    // The next mail is somebody else's: the sixth link was not sent.
    const other = await api.person("Bea");
    await askForLink(other.user.email);
    expect(api.mails.slice(before).map((m) => m.to)).toEqual([
      ...Array(5).fill(user.email),
      other.user.email,
    ]);
  });
});

describe("an address", () => {
  const linkTo = (email: string, { mails } = api) => {
    const mail = mails.findLast(({ to }) => to === email);
    expect(mail?.subject).toBe("Confirm your address for Guildhall");
    return /confirm-email\?token=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
  };

  test("of the first account is confirmed by the link that is mailed, opened by who is signed in to it", async () => {
    const fresh = await startTestApi();
    onTestFinished(() => fresh.stop());
    const email = `${uuidv7()}@example.com`;
    const { token, user } = await fresh.stranger.auth.register({ email, password: PASSWORD });
    const call = fresh.as(token);
    expect(await call.auth.emailState()).toMatchObject({ isConfirmed: false, isMailed: true });
    const link = linkTo(email, fresh);
    const gone = reason("link_expired");
    // Who reads the mail and has made no account, and who would have it for another account.
    await expect(fresh.stranger.auth.confirmEmail({ token: link })).rejects.toEqual(
      reason("signed_out"),
    );
    const other = await fresh.person("Ada");
    await expect(other.call.auth.confirmEmail({ token: link })).rejects.toEqual(gone);
    const [until = "", secret = ""] = link.split(".");
    const forged = [
      `${Number(until) + 1}.${secret}`,
      `${until}.`,
      `x.${secret}`,
      `${until}.ä${secret.slice(1)}`,
    ];
    for (const token of forged) {
      await expect(call.auth.confirmEmail({ token })).rejects.toEqual(gone);
    }
    expect((await call.auth.emailState()).isConfirmed).toBe(false);
    for (let time = 0; time < 2; time++) await call.auth.confirmEmail({ token: link });
    expect((await call.auth.emailState()).isConfirmed).toBe(true);
    expect(user.email).toBe(email);
    // Nothing is left to be sent.
    const before = fresh.mails.length;
    await call.auth.sendConfirmation({});
    expect(fresh.mails).toHaveLength(before);
  });

  test("is sent the link again on demand, three times and no more, whoever asks at once", async () => {
    const person = await api.person("Ada");
    const { email } = person.user;
    const before = api.mails.length;
    const asked = await Promise.allSettled(
      Array.from({ length: 20 }, () => person.call.auth.sendConfirmation({})),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(asked.find((each) => each.status === "rejected")?.reason).toEqual(
      reason("too_many_tries"),
    );
    expect(mailedTo(email, before)).toBe(3);
    await person.call.auth.confirmEmail({ token: linkTo(email) });
    expect((await person.call.auth.emailState()).isConfirmed).toBe(true);
  });
});

test("a sign-up by an invitation that is sent again after a lost answer gets its account; nobody else does", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const email = `${uuidv7()}@example.com`;
  await owner.call.invitations.create({ workspaceId, email, role: "viewer" });
  const mail = api.mails.findLast(({ to }) => to === email);
  const invitation = /invitation=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
  const input = { email, password: PASSWORD, invitation };
  const other = { ...input, email: `other-${email}` };
  await expect(api.register(other)).rejects.toMatchObject({
    reason: "invitation_for_other",
    message: expect.stringContaining(`not for ${other.email}`),
  });
  const first = await api.stranger.auth.register(input);
  const again = await api.stranger.auth.register(input);
  expect(again.user).toEqual(first.user);
  const gone = reason("invitation_expired");
  const wrong = { ...input, password: "not the password" };
  await expect(api.stranger.auth.register(wrong)).rejects.toEqual(gone);
  await expect(api.stranger.auth.register(other)).rejects.toEqual(gone);
});
