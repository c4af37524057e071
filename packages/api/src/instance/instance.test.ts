import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { whileWaiting } from "../../testing/while-waiting.ts";
import { startWorker } from "../../testing/workers.ts";
import { createLocalBus } from "../core/bus/bus.ts";

const { pushSubscriptions, sessions, users } = schema;

let api: TestApi;
let admin: TestPerson;
beforeAll(async () => {
  api = await startTestApi();
  admin = await administrator("Adi");
});
afterAll(() => api.stop());

async function administrator(name: string) {
  const person = await api.person(name);
  const set = { isAdministrator: true };
  await api.services.db.update(users).set(set).where(eq(users.id, person.user.id));
  return person;
}

/** Reads until it ends, and says why. */
async function endOf(stream: AsyncIterable<unknown>) {
  try {
    for await (const _ of stream);
    return "ended";
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
}

test("who is deactivated is out of all that is open, on every worker, also on one that hears nothing", async () => {
  const { owner, viewer, workspaceId } = await makeTeam(api);
  const userId = viewer.user.id;
  const { token } = await viewer.call.tokens.create({ name: "Script", scope: "read", days: 1 });
  const near = startWorker(api, api.services.bus);
  // As when Redis is frozen: no message reaches it.
  const deaf = startWorker(api, createLocalBus());
  try {
    const open = [api.services.bus, near, deaf].map((worker) =>
      "as" in worker ? worker.as(viewer) : viewer.call,
    );
    const streams = await Promise.all(
      open.map((call) => call.changes.onChange({ workspaceId, lastEventId: 0 })),
    );
    const ends = streams.map(endOf);
    await admin.call.instance.deactivate({ userId });
    expect(await Promise.all(ends)).toEqual(["signed_out", "signed_out", "signed_out"]);
    await expect(viewer.call.auth.me()).rejects.toMatchObject({ reason: "account_deactivated" });
    await expect(api.as(token).auth.me()).rejects.toMatchObject({ reason: "signed_out" });
    // Their work and their place stay.
    const { members } = await owner.call.workspaces.open({ workspaceId });
    expect(members.map((each) => each.userId)).toContain(userId);
    await admin.call.instance.reactivate({ userId });
    await expect(viewer.call.auth.me()).rejects.toMatchObject({ reason: "signed_out" });
    await expect(api.as(token).auth.me()).rejects.toMatchObject({ reason: "signed_out" });
    const back = await api.stranger.auth.login({ email: viewer.user.email, password: PASSWORD });
    expect(await api.as(back.token).auth.me()).toMatchObject({ id: userId });
  } finally {
    await near.stop();
    await deaf.stop();
  }
});

test("a deactivated account has no push left, and no mail to choose a password", async () => {
  const person = await api.person("Pia");
  const { id: userId, email } = person.user;
  const [session] = await api.services.db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId));
  await api.services.db.insert(pushSubscriptions).values({
    ...{ id: userId, userId, sessionId: session?.id ?? "", endpoint: `https://push/${userId}` },
    ...{ p256dh: "x", auth: "y" },
  });
  await admin.call.instance.sendReset({ userId });
  expect(api.mails.filter(({ to }) => to === email)).toHaveLength(1);
  await admin.call.instance.deactivate({ userId });
  const left = eq(pushSubscriptions.userId, userId);
  expect(await api.services.db.$count(pushSubscriptions, left)).toBe(0);
  const again = admin.call.instance.sendReset({ userId });
  await expect(again).rejects.toMatchObject({ reason: "not_found" });
});

test("who has lost their second factors gets in without them once an administrator removed them, and is told", async () => {
  const person = await api.person("Pia");
  const { id: userId, email } = person.user;
  const { secret, ticket } = await person.call.factors.beginApp({});
  await person.call.factors.confirmApp({ ticket, code: generateSync({ secret }) });
  const stranger = (await api.person("Max")).call.instance.resetFactors({ userId });
  await expect(stranger).rejects.toMatchObject({ reason: "administrators_only" });
  const own = admin.call.instance.resetFactors({ userId: admin.user.id });
  await expect(own).rejects.toMatchObject({ reason: "not_yours" });
  await admin.call.instance.resetFactors({ userId });
  await expect(person.call.auth.me()).rejects.toMatchObject({ reason: "signed_out" });
  const { token } = await api.signIn({ email, password: PASSWORD });
  const factors = await api.as(token).factors.list();
  expect(factors).toMatchObject({ app: null, passkeys: [], recoveryCodesLeft: 0 });
  expect(api.mails.filter(({ to }) => to === email).at(-1)?.text).toContain("An administrator");
  const actions = ["account.factorsReset"] as const;
  const { entries } = await admin.call.audit.list({ workspaceId: null, actions: [...actions] });
  expect(entries).toMatchObject([{ actor: { id: admin.user.id }, subject: { id: userId } }]);
});

test("there is always an administrator, also when two leave at once", async () => {
  const own = await startTestApi();
  try {
    const make = (email: string) => own.register({ email, password: PASSWORD });
    const first = await make("first@example.com");
    const second = await make("second@example.com");
    const call = own.as(first.token);
    const set = (userId: string, isAdministrator: boolean, by = call) =>
      by.instance.setAdministrator({ userId, isAdministrator });
    const last = { reason: "last_administrator" };
    await expect(set(first.user.id, false)).rejects.toMatchObject(last);
    await set(second.user.id, true);
    const both = await Promise.allSettled([
      set(first.user.id, false),
      set(second.user.id, false, own.as(second.token)),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await own.services.db.$count(users, eq(users.isAdministrator, true))).toBe(1);
    const self = { userId: first.user.id };
    await expect(call.instance.deactivate(self)).rejects.toThrow();
  } finally {
    await own.stop();
  }
});

test("settings hold at once, are audited, and what the environment sets stays", async () => {
  const own = await startTestApi({ fixedSettings: { auditKeepDays: 90 } });
  try {
    const email = "first@example.com";
    const { token, user } = await own.stranger.auth.register({ email, password: PASSWORD });
    const { instance, audit } = own.as(token);
    await instance.setSettings({ patch: { registration: "closed", sessionMinutes: 10 } });
    expect(await own.stranger.auth.registration()).toMatchObject({ open: false, closed: true });
    const [session] = await own.services.db.select().from(sessions);
    expect(session?.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 10 * 60_000);
    const fixed = instance.setSettings({ patch: { auditKeepDays: 40 } });
    await expect(fixed).rejects.toThrow("set by the environment (AUDIT_KEEP_DAYS)");
    expect(await instance.settings()).toMatchObject({
      settings: { registration: "closed", auditKeepDays: 90 },
      fixed: { auditKeepDays: "AUDIT_KEEP_DAYS" },
    });
    const { entries } = await audit.list({ workspaceId: null, actions: ["settings.changed"] });
    expect(entries).toMatchObject([
      {
        actor: { id: user.id },
        before: { registration: "open", sessionMinutes: 1_440 },
        after: { registration: "closed", sessionMinutes: 10 },
      },
    ]);
  } finally {
    await own.stop();
  }
});

test("accounts are found by name and address, a page at a time", async () => {
  const { call } = admin;
  const people = await Promise.all(["Zoe", "Zora", "Zed"].map((name) => api.person(name)));
  await call.instance.deactivate({ userId: people[0]?.user.id ?? "" });
  const names = async (asked: Parameters<typeof call.instance.accounts>[0]) =>
    (await call.instance.accounts(asked)).accounts.map(({ name }) => name);
  expect(await names({ text: "zo" })).toHaveLength(2);
  expect(await names({ text: "%" })).toEqual([]);
  expect(await names({ text: "zo", filter: "deactivated" })).toEqual(["Zoe"]);
  for (const order of ["created", "lastUsed", "name", "size"] as const) {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await call.instance.accounts({ text: "z", order, limit: 1, cursor });
      found.push(...page.accounts.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(found.toSorted()).toEqual(["Zed", "Zoe", "Zora"]);
    if (order === "name") expect(found).toEqual(["Zed", "Zoe", "Zora"]);
  }
  const first = await call.instance.accounts({ limit: 2 });
  const next = await call.instance.accounts({ limit: 2, cursor: first.nextCursor ?? "" });
  expect(next.accounts[0]?.id).not.toBe(first.accounts[1]?.id);
  expect((await call.instance.accounts({ text: "zora" })).accounts).toMatchObject([
    { sessions: 1, workspaces: 0, bytes: 0, isAdministrator: false, hasSecondFactor: false },
  ]);
});

test("a mail is tried, each part is asked, and what is down says so", async () => {
  const down = await startTestApi({
    sendMail: () => Promise.reject(new Error("550 relay denied")),
  });
  try {
    const { token } = await down.stranger.auth.register({ email: "a@b.org", password: PASSWORD });
    const { instance } = down.as(token);
    expect(await instance.tryMail({})).toMatchObject({ isSent: false, answer: "550 relay denied" });
    const { files } = down.services;
    const stat = files.stat;
    files.stat = () => new Promise(() => {});
    const { parts } = await instance.health();
    files.stat = stat;
    expect(parts).toMatchObject({
      database: { isUp: true, says: expect.stringContaining("PostgreSQL") },
      store: { isUp: false, says: "No answer within 2 seconds." },
      ...{ bus: { isUp: true }, search: { isUp: true }, jobs: { isUp: true } },
    });
  } finally {
    await down.stop();
  }
});

test("who stops administering at this moment makes nobody an administrator by what is under way", async () => {
  const { db } = api.services;
  const ben = await administrator("Ben");
  const userId = ben.user.id;
  const isBen = eq(users.id, userId);
  const whole = { isAdministrator: true, deactivatedAt: null };
  const { setAdministrator, reactivate } = ben.call.instance;
  const lost = [
    {
      set: { isAdministrator: false },
      way: () => setAdministrator({ userId, isAdministrator: true }),
    },
    { set: { deactivatedAt: new Date() }, way: () => reactivate({ userId }) },
  ];
  for (const { set, way } of lost) {
    await db.update(users).set(whole).where(isBen);
    const late = whileWaiting(api, (tx) => tx.update(users).set(set).where(isBen), way);
    await expect(late).rejects.toMatchObject({ reason: "administrators_only" });
  }
  await db.update(users).set(whole).where(isBen);
});
