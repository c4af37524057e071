import { schema, type Tx } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { eq, inArray, sql } from "drizzle-orm";
import { generateSync } from "otplib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { whileWaiting } from "../../../testing/while-waiting.ts";
import { keepFactorRule } from "../../core/rights/second-factor.ts";

/** Of an account that is open. */
function isIn<A extends { token: string | null }>(answer: A) {
  if (answer.token === null) throw new Error("There is no session.");
  return answer as Extract<A, { token: string }>;
}

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

// In the middle of a step, so that none ends while a test shows codes of it.
beforeEach(() => {
  const step = 30_000;
  vi.useFakeTimers({ toFake: ["Date"], now: (Math.floor(Date.now() / step) + 0.5) * step });
});
afterEach(() => void vi.useRealTimers());

const reason = (name: string) => expect.objectContaining({ reason: name });

/** What the app shows, some steps of 30 seconds from now. */
const shown = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + steps * 30 });

/** With the code of the step before, so that the present one is still unused. */
async function withApp(name: string) {
  const person = await api.person(name);
  const { secret, ticket } = await person.call.factors.beginApp({});
  const code = shown(secret, -1);
  const { recoveryCodes } = await person.call.factors.confirmApp({ ticket, code });
  return { ...person, secret, codes: recoveryCodes ?? [] };
}

async function givePassword(person: Pick<TestPerson, "user">, from: { address?: string } = {}) {
  const credentials = { email: person.user.email, password: PASSWORD };
  const { token, pending } = await api.as(null, from).auth.login(credentials);
  expect(token).toBeNull();
  return pending?.ticket ?? "";
}

const mailsTo = ({ user }: Pick<TestPerson, "user">) =>
  api.mails.filter(({ to }) => to === user.email);

describe("an authenticator app", () => {
  test("is set up by a code of it; then a password alone opens nothing", async () => {
    const ada = await api.person("Ada");
    const other = await api.signIn({ email: ada.user.email, password: PASSWORD });
    const { secret, uri, ticket } = await ada.call.factors.beginApp({});
    expect(uri).toContain(`secret=${secret}`);
    expect((await ada.call.factors.list()).app).toBeNull();
    const wrong = ada.call.factors.confirmApp({ ticket, code: shown(secret, 10) });
    await expect(wrong).rejects.toEqual(reason("wrong_code"));
    const set = await ada.call.factors.confirmApp({ ticket, code: shown(secret, -1) });
    expect(set.recoveryCodes).toHaveLength(10);
    expect(mailsTo(ada)).toMatchObject([{ text: expect.stringContaining("was set up") }]);
    // The session that set it up goes on, the other has shown no factor.
    expect(await ada.call.auth.me()).toEqual(ada.user);
    await expect(api.as(other.token).auth.me()).rejects.toEqual(reason("signed_out"));

    const pending = await givePassword(ada);
    await expect(api.as(pending).auth.me()).rejects.toEqual(reason("signed_out"));
    const code = { pending, appCode: shown(secret) };
    const { token, user } = isIn(await api.stranger.auth.finishSignIn(code));
    expect(user).toEqual(ada.user);
    expect(await api.as(token).auth.me()).toEqual(ada.user);
    // Nor does registering again, as after a lost answer, go around it.
    const again = api.stranger.auth.register({ email: ada.user.email, password: PASSWORD });
    await expect(again).rejects.toEqual(reason("sign_up_by_mail"));
  });

  test("each code counts once, also for two at once; one step off counts, two don't", async () => {
    const ada = await withApp("Ada");
    const pending = await givePassword(ada);
    const tryCode = (steps: number) =>
      api.stranger.auth.finishSignIn({ pending, appCode: shown(ada.secret, steps) }).then(
        () => "in",
        (error) => error.reason,
      );
    expect(await tryCode(-1)).toBe("wrong_code");
    expect(await tryCode(2)).toBe("wrong_code");
    expect((await Promise.all([tryCode(0), tryCode(0)])).sort()).toEqual(["in", "wrong_code"]);
    expect(await tryCode(1)).toBe("in");
    expect(await tryCode(0)).toBe("wrong_code");
  });

  test("its secret is sealed, and another person's setup is refused", async () => {
    const ada = await withApp("Ada");
    const [row] = await api.services.db
      .select()
      .from(schema.authenticatorApps)
      .where(eq(schema.authenticatorApps.userId, ada.user.id));
    expect(JSON.stringify(row)).not.toContain(ada.secret);
    const bea = await api.person("Bea");
    const { secret, ticket } = await ada.call.factors.beginApp({});
    const theirs = bea.call.factors.confirmApp({ ticket, code: shown(secret) });
    await expect(theirs).rejects.toEqual(reason("setup_expired"));
  });

  test("ten wrong codes, then none from there; a new password ends what waits", async () => {
    const ada = await withApp("Ada");
    const pending = await givePassword(ada);
    const from = (address: string) => api.as(null, { address }).auth;
    const wrong = { pending, appCode: shown(ada.secret, 20) };
    const told = await Promise.all(
      Array.from({ length: 11 }, () =>
        from("10.9.0.1")
          .finishSignIn(wrong)
          .catch((error) => error.reason),
      ),
    );
    expect(told.sort()).toEqual(["too_many_tries", ...Array(10).fill("wrong_code")]);
    const right = { pending, appCode: shown(ada.secret) };
    await expect(from("10.9.0.1").finishSignIn(right)).rejects.toEqual(reason("too_many_tries"));
    await ada.call.auth.changePassword({ newPassword: "a new password" });
    await expect(from("10.9.1.1").finishSignIn(right)).rejects.toEqual(reason("sign_in_expired"));
  });

  test("removed, a password is enough again, and its recovery codes are gone", async () => {
    const ada = await withApp("Ada");
    await ada.call.factors.removeApp({});
    expect(await ada.call.factors.list()).toMatchObject({ app: null, recoveryCodesLeft: 0 });
    expect((await api.signIn({ email: ada.user.email, password: PASSWORD })).user).toEqual(
      ada.user,
    );
  });
});

test("who gives the password while a first factor is added has to show it", async () => {
  const ada = await api.person("Ada");
  const isAda = eq(schema.users.id, ada.user.id);
  const added = (tx: Tx) =>
    tx.update(schema.users).set({ secondFactorAt: new Date() }).where(isAda);
  const signIn = () => api.signIn({ email: ada.user.email, password: PASSWORD });
  await expect(whileWaiting(api, added, signIn)).rejects.toEqual(reason("sign_in_expired"));
});

describe("recovery codes", () => {
  test("work once each, are counted, and their person is told by mail", async () => {
    const ada = await withApp("Ada");
    const [first = "", second = ""] = ada.codes;
    const pending = await givePassword(ada);
    const show = (recoveryCode: string) =>
      api.stranger.auth.finishSignIn({ pending, recoveryCode });
    // As somebody types it who reads it from paper.
    expect(await show(first.toUpperCase().replaceAll("-", " "))).toMatchObject({ user: ada.user });
    await expect(show(first)).rejects.toEqual(reason("wrong_code"));
    expect((await ada.call.factors.list()).recoveryCodesLeft).toBe(9);
    expect(mailsTo(ada).at(-1)?.text).toContain("9 of your codes are left");
    const { recoveryCodes } = await ada.call.factors.renewRecoveryCodes({});
    await expect(show(second)).rejects.toEqual(reason("wrong_code"));
    expect(await show(recoveryCodes[0] ?? "")).toMatchObject({ user: ada.user });
    await ada.call.factors.removeApp({});
    const audited = await api.services.db
      .select()
      .from(schema.auditEntries)
      .where(eq(schema.auditEntries.subjectId, ada.user.id));
    const told = audited.map(({ action }) => action);
    for (const action of [
      ...["account.factorAdded", "account.recoveryCodeUsed", "account.recoveryCodesMade"],
      ...["account.signedIn", "account.signInFailed", "account.factorRemoved"],
    ]) {
      expect(told).toContain(action);
    }
    for (const secret of [ada.secret, first, recoveryCodes[0]]) {
      expect(JSON.stringify(audited)).not.toContain(secret);
    }
  });

  test("another person's are of no use", async () => {
    const [ada, bea] = [await withApp("Ada"), await withApp("Bea")];
    const pending = await givePassword(ada);
    const recoveryCode = bea.codes[0] ?? "";
    const asked = api.stranger.auth.finishSignIn({ pending, recoveryCode });
    await expect(asked).rejects.toEqual(reason("wrong_code"));
  });
});

test("who signed in a while ago proves again that it is them", async () => {
  const ada = await api.person("Ada");
  const mine = eq(schema.sessions.userId, ada.user.id);
  await api.services.db
    .update(schema.sessions)
    .set({ confirmedAt: sql`now() - interval '11 minutes'` })
    .where(mine);
  const change = () => ada.call.auth.changePassword({ newPassword: "a new password" });
  await expect(change()).rejects.toEqual(reason("confirmation_needed"));
  await expect(ada.call.factors.beginApp({})).rejects.toEqual(reason("confirmation_needed"));
  const token = { name: "Script", scope: "read" as const, days: 1 };
  await expect(ada.call.tokens.create(token)).rejects.toEqual(reason("confirmation_needed"));
  const connect = ada.call.providers.connect({ provider: "nobody", to: "/" });
  await expect(connect).rejects.toEqual(reason("confirmation_needed"));
  const disconnect = ada.call.providers.disconnect({ id: ada.user.id });
  await expect(disconnect).rejects.toEqual(reason("confirmation_needed"));
  const made = { userId: ada.user.id, isAdministrator: true };
  const administer = ada.call.instance.setAdministrator(made);
  await expect(administer).rejects.toEqual(reason("confirmation_needed"));
  const wrong = ada.call.auth.confirm({ password: "wrong" });
  await expect(wrong).rejects.toEqual(reason("wrong_password"));
  await expect(change()).rejects.toEqual(reason("confirmation_needed"));
  await ada.call.auth.confirm({ password: PASSWORD });
  expect(await change()).toEqual({ changed: true });
});

test("an access token is made only by a session that has passed the factor there is, or has to be", async () => {
  const [ada, ben] = [await withApp("Ada"), await api.person("Ben")];
  const token = { name: "Script", scope: "read" as const, days: 1 };
  await ada.call.tokens.create(token);
  // As one that a provider opened.
  const client = { address: "127.0.0.1", userAgent: "test" };
  const { secret } = await api.services.sessions.open(ada.user.id, client);
  const unproven = api.as(secret).tokens.create(token);
  await expect(unproven).rejects.toEqual(reason("second_factor_needed"));
  const { id: workspaceId } = await ada.call.workspaces.create({ name: "Mill" });
  await api.join(workspaceId, ben.user.id, "viewer");
  await ben.call.tokens.create(token);
  await ada.call.workspaces.update({ workspaceId, patch: { requiresSecondFactor: true } });
  await expect(ben.call.tokens.create(token)).rejects.toEqual(reason("second_factor_needed"));
});

describe("required by a workspace", () => {
  test("who has none sees nothing of it, on open streams too, until they have one; it can't be their last", async () => {
    const [owner, ben] = [await withApp("Olga"), await api.person("Ben")];
    const { id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" });
    const project = await owner.call.projects.create({ workspaceId, name: "App", key: "APP" });
    const task = await owner.call.tasks.create({ projectId: project.id, title: "Secret" });
    await api.join(workspaceId, ben.user.id, "owner");
    const script = await ben.call.tokens.create({ name: "Script", scope: "read", days: 1 });

    const bare = await api.person("Bare");
    const { id: own } = await bare.call.workspaces.create({ name: "Own" });
    const patch = { requiresSecondFactor: true };
    const early = bare.call.workspaces.update({ workspaceId: own, patch });
    await expect(early).rejects.toEqual(reason("second_factor_needed"));

    const stream = await ben.call.changes.onChange({ workspaceId });
    const changes = stream[Symbol.asyncIterator]();
    await changes.next();
    const ended = (async () => {
      while (!(await changes.next()).done);
    })().catch((error) => error.reason);
    await owner.call.workspaces.update({ workspaceId, patch });
    expect(await ended).toBe("not_found");

    for (const asker of [ben.call, api.as(script.token)]) {
      const told = [
        asker.workspaces.open({ workspaceId }).catch((error) => error.reason),
        asker.projects.list({ workspaceId }).catch((error) => error.reason),
        asker.tasks.get({ id: task.id }).catch((error) => error.reason),
        asker.changes.since({ workspaceId, seq: 0 }).catch((error) => error.reason),
      ];
      const [open, ...others] = await Promise.all(told);
      expect(open).toBe("second_factor_needed");
      for (const other of others) expect(["second_factor_needed", "not_found"]).toContain(other);
    }
    expect(await ben.call.workspaces.list()).toMatchObject([{ awaitsFactor: true }]);
    // Who comes now is asked as well.
    const late = await api.person("Late");
    await api.join(workspaceId, late.user.id, "viewer");
    expect(await late.call.workspaces.list()).toMatchObject([{ awaitsFactor: true }]);
    // Others may still give them work.
    await owner.call.tasks.update({ id: task.id, patch: { assigneeIds: [ben.user.id] } });

    const { secret, ticket } = await ben.call.factors.beginApp({});
    await ben.call.factors.confirmApp({ ticket, code: shown(secret) });
    expect(await ben.call.tasks.get({ id: task.id })).toMatchObject({ title: "Secret" });
    await expect(ben.call.factors.removeApp({})).rejects.toMatchObject({
      reason: "last_factor",
      message: expect.stringContaining("Mill"),
    });
    expect((await ben.call.factors.list()).app).not.toBeNull();
    await ben.call.workspaces.update({ workspaceId, patch: { requiresSecondFactor: false } });
    expect(await late.call.workspaces.list()).toMatchObject([{ awaitsFactor: false }]);
    await ben.call.factors.removeApp({});
    expect(await ben.call.tasks.get({ id: task.id })).toMatchObject({ title: "Secret" });
  });
});

test("required by the server, it is required everywhere: of open streams, tokens and administrators too", async () => {
  const own = await startTestApi();
  try {
    const { db } = own.services;
    const [olga, ben] = [await own.person("Olga"), await own.person("Ben")];
    const both = inArray(schema.users.id, [olga.user.id, ben.user.id]);
    await db.update(schema.users).set({ isAdministrator: true }).where(both);
    const { id: workspaceId } = await ben.call.workspaces.create({ name: "Mill" });
    const script = await ben.call.tokens.create({ name: "Script", scope: "read", days: 1 });
    const set = (secondFactorRequired: boolean) =>
      olga.call.instance.setSettings({ patch: { secondFactorRequired } });
    await expect(set(true)).rejects.toEqual(reason("second_factor_needed"));
    const mine = await olga.call.factors.beginApp({});
    const code = shown(mine.secret, -1);
    await olga.call.factors.confirmApp({ ticket: mine.ticket, code });
    const stream = await ben.call.changes.onChange({ workspaceId });
    const changes = stream[Symbol.asyncIterator]();
    await changes.next();
    const ended = (async () => {
      while (!(await changes.next()).done);
    })().catch((error) => error.reason);
    await set(true);
    expect(await ended).toBe("not_found");
    for (const asker of [ben.call, own.as(script.token)]) {
      const opened = asker.workspaces.open({ workspaceId });
      await expect(opened).rejects.toEqual(reason("second_factor_needed"));
    }
    await expect(ben.call.instance.accounts({})).rejects.toEqual(reason("second_factor_needed"));
    expect(await ben.call.workspaces.create({ name: "New" })).toMatchObject({ awaitsFactor: true });
    await expect(olga.call.factors.removeApp({})).rejects.toEqual(reason("last_factor"));
    const { secret, ticket } = await ben.call.factors.beginApp({});
    await ben.call.factors.confirmApp({ ticket, code: shown(secret) });
    expect(await ben.call.workspaces.open({ workspaceId })).toMatchObject({ role: "owner" });
    await set(false);
    await olga.call.factors.removeApp({});
  } finally {
    await own.stop();
  }
});

test("what the environment requires holds from the start, also of those who were there before", async () => {
  const own = await startTestApi({ fixedSettings: { secondFactorRequired: true } });
  try {
    const ben = await own.person("Ben");
    const made = await ben.call.workspaces.create({ name: "Mill" });
    expect(made).toMatchObject({ awaitsFactor: true });
    const { members } = schema;
    await own.services.db.update(members).set({ awaitsFactor: false });
    await keepFactorRule(own.services.db, { isRequired: false, providers: [] });
    await keepFactorRule(own.services.db, { isRequired: true, providers: [] });
    expect(await ben.call.workspaces.list()).toMatchObject([{ awaitsFactor: true }]);
    // Taken out of the environment, it holds no longer: nobody set it in the app.
    await keepFactorRule(own.services.db, { isRequired: null, providers: [] });
    expect(await ben.call.workspaces.list()).toMatchObject([{ awaitsFactor: false }]);
  } finally {
    await own.stop();
  }
});
