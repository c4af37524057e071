/** What a provider says besides who somebody is: their groups, their second factor, and when they signed in. */
import { schema } from "@guildhall/db";
import type { TestPerson } from "@guildhall/testing/api";
import { openBrowser } from "@guildhall/testing/sign-in/browser";
import {
  type HandmadeProvider,
  seconds,
  startHandmadeProvider,
} from "@guildhall/testing/sign-in/handmade-provider";
import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { providerAt, type SignInTest, startSignInTest } from "../../testing/provider-sign-in.ts";
import type { IdentityProvider } from "../core/context.ts";

let corp: HandmadeProvider;
let guildhall: SignInTest;
let owner: TestPerson;
beforeAll(async () => {
  corp = await startHandmadeProvider();
  guildhall = await startSignInTest(() => [providerAt(corp.issuer)]);
  owner = await guildhall.api.person("Olga");
});
afterAll(async () => {
  await guildhall.stop();
  await corp.stop();
});

const settings = (rest: Partial<IdentityProvider> = {}) =>
  guildhall.set([providerAt(corp.issuer, rest)]);

/** What is always said of this person; `says` adds to it until the next. */
let who: object;
let email: string;
const says = (more: object = {}) => {
  corp.claims = { ...who, ...more };
};
beforeEach(() => {
  const sub = uuidv7();
  email = `ada-${sub}@example.com`;
  who = { sub, email, email_verified: true, name: "Ada" };
  says();
  settings();
});

const refusal = (reason: string) => ({ reason });
const makeWorkspace = async () =>
  (await owner.call.workspaces.create({ name: "Mill" })).id as string;

describe("groups", () => {
  async function withGroups() {
    const workspaceId = await makeWorkspace();
    const make = (name: string, role: "editor" | null = null) =>
      owner.call.groups.create({ workspaceId, name, role });
    await make("Staff", "editor");
    await make("Design team");
    await make("Archive");
    const given = (value: string, group: string) => ({ value, workspaceId, group });
    settings({
      claims: { verified: "email_verified", groups: "realm.groups" },
      groups: [given("staff", "staff"), given("d-1", "design-team"), given("none", "Not there")],
      roles: [{ value: "staff", workspaceId, role: "viewer" }],
    });
    const groups = async (userId: string) => {
      const all = await owner.call.groups.list({ workspaceId });
      return all.flatMap(({ name, members }) =>
        members.filter((each) => each.userId === userId).map((each) => [name, each.managedBy]),
      );
    };
    const inRealm = (...values: string[]) => says({ realm: { groups: values } });
    return { workspaceId, groups, inRealm, given };
  }

  test("follow the claim at each sign-in, with what they let people do, live; what was made by hand stays", async () => {
    const { workspaceId, groups, inRealm } = await withGroups();
    inRealm("staff", "d-1", "none", "unknown");
    const { call } = await guildhall.signIn();
    const { id } = await call.auth.me();
    expect(await groups(id)).toEqual([
      ["Design team", "corp"],
      ["Staff", "corp"],
    ]);
    // By the group, though the claim itself gives less.
    expect(await call.workspaces.open({ workspaceId })).toMatchObject({ role: "editor" });
    const all = await owner.call.groups.list({ workspaceId });
    const idOf = (name: string) => all.find((each) => each.name === name)?.id ?? "";
    await owner.call.groups.addMembers({ id: idOf("Archive"), userIds: [id] });
    const { seq } = await owner.call.changes.since({ workspaceId, seq: 0 });
    const stream = await call.changes.onChange({ workspaceId });
    const changes = stream[Symbol.asyncIterator]();
    await changes.next();
    const ended = (async () => {
      while (!(await changes.next()).done);
    })().catch((error) => error.reason);
    inRealm("staff");
    await guildhall.signIn();
    const told = await owner.call.changes.since({ workspaceId, seq });
    expect(told.changes).toMatchObject([{ entity: "group", op: "update" }]);
    expect(await groups(id)).toEqual([
      ["Archive", null],
      ["Staff", "corp"],
    ]);
    // No member any more, by the other claim.
    inRealm();
    await guildhall.signIn();
    expect(await groups(id)).toEqual([]);
    expect(await ended).toBe("not_found");
    await expect(call.workspaces.open({ workspaceId })).rejects.toMatchObject(refusal("not_found"));
    const entries = await guildhall.api.services.db
      .select()
      .from(schema.auditEntries)
      .where(eq(schema.auditEntries.action, "member.groupsByClaim"));
    expect(entries.filter(({ subjectId }) => subjectId === id).map(({ after }) => after)).toEqual([
      { groups: ["Design team", "Staff"] },
      { groups: ["Archive", "Staff"] },
    ]);
  });

  test("are only for members, and whoever becomes one comes into them at the next sign-in", async () => {
    const { workspaceId, groups, inRealm } = await withGroups();
    inRealm("d-1");
    const { call } = await guildhall.signIn();
    const { id } = await call.auth.me();
    expect(await groups(id)).toEqual([]);
    await guildhall.api.join(workspaceId, id, "viewer");
    await guildhall.signIn();
    expect(await groups(id)).toEqual([["Design team", "corp"]]);
    // Signed in again with the same, nothing is written.
    const read = async () => (await owner.call.changes.since({ workspaceId, seq: 0 })).seq;
    const before = await read();
    await guildhall.signIn();
    expect(await read()).toBe(before);
  });

  test("too many for a token, or for us, are not none", async () => {
    const { groups, inRealm } = await withGroups();
    inRealm("staff", "d-1");
    const { id } = await (await guildhall.signIn()).call.auth.me();
    const held = await groups(id);
    expect(held).toHaveLength(2);
    const many = Array.from({ length: 1_001 }, (_, n) => `group ${n}`);
    for (const said of [{ hasgroups: true }, { realm: { groups: many } }]) {
      const before = guildhall.warnings.length;
      says(said);
      await guildhall.signIn();
      expect(await groups(id)).toEqual(held);
      expect(guildhall.warnings.slice(before)).toMatchObject([{ provider: "corp", userId: id }]);
    }
    inRealm(...many.slice(0, 1_000));
    await guildhall.signIn();
    expect(await groups(id)).toEqual([]);
  });

  test("of the same name are found by one line, and go when the provider is disconnected", async () => {
    const { workspaceId, groups, given } = await withGroups();
    settings({ groups: [given("*", "*"), given("*", "Archive")] });
    const person = await guildhall.api.person("Ben");
    const { id } = person.user;
    await guildhall.api.join(workspaceId, id, "viewer");
    says({ groups: ["STAFF", "design-team", "*"] });
    const browser = openBrowser();
    browser.keep(guildhall.home, `guildhall_session=${person.token}`);
    const call = guildhall.callerOf(browser);
    const { url } = await call.providers.connect({ provider: "corp", to: "/" });
    await browser.open(url);
    expect(await groups(id)).toEqual([
      ["Archive", "corp"],
      ["Design team", "corp"],
      ["Staff", "corp"],
    ]);
    const [identity] = (await call.providers.mine()).identities;
    await call.providers.disconnect({ id: identity?.id ?? "" });
    expect(await groups(id)).toEqual([]);
    // They are told of both, as it may not have been them.
    const mails = () => guildhall.api.mails.filter(({ to }) => to === person.user.email);
    await expect.poll(() => mails().length).toBe(2);
    expect(mails().map(({ text }) => /(dis)?connected/.exec(text)?.[0])).toEqual([
      "connected",
      "disconnected",
    ]);
    expect(mails()[0]?.text).toContain(`It is Corp, with the account ${email}.`);
  });
});

describe("a second factor that is required", () => {
  async function requiring() {
    const workspaceId = await makeWorkspace();
    const keeper = await guildhall.api.person("Kim");
    const { secret, ticket } = await keeper.call.factors.beginApp({});
    await keeper.call.factors.confirmApp({ ticket, code: generateSync({ secret }) });
    await guildhall.api.join(workspaceId, keeper.user.id, "owner");
    const patch = { requiresSecondFactor: true };
    await keeper.call.workspaces.update({ workspaceId, patch });
    const join = (userId: string) => guildhall.api.join(workspaceId, userId, "viewer");
    const awaits = async (call: TestPerson["call"]) =>
      (await call.workspaces.list()).find(({ id }) => id === workspaceId)?.awaitsFactor;
    return { join, awaits };
  }

  test("has to be one's own, unless the provider answers for it", async () => {
    const { join, awaits } = await requiring();
    const first = await guildhall.signIn();
    await join((await first.call.auth.me()).id);
    expect(await awaits(first.call)).toBe(true);
    settings({ secondFactor: true });
    const second = await guildhall.signIn();
    expect(await awaits(second.call)).toBe(false);
    settings();
    expect(await awaits((await guildhall.signIn()).call)).toBe(true);
  });

  test("is there when `amr` or `acr` says so, and other sessions end then", async () => {
    const { join, awaits } = await requiring();
    settings({ secondFactor: ["mfa", "gold"] });
    const without = await guildhall.signIn();
    await join((await without.call.auth.me()).id);
    expect(await awaits(without.call)).toBe(true);
    for (const said of [{ amr: ["pwd", "mfa"] }, { acr: "gold" }]) {
      says({ amr: ["pwd"], acr: "1" });
      const plain = await guildhall.signIn();
      expect(await awaits(plain.call)).toBe(true);
      says(said);
      expect(await awaits((await guildhall.signIn()).call)).toBe(false);
      await expect(plain.call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
    }
  });

  test("is not there for who could also come by a password, or by another provider", async () => {
    const { join, awaits } = await requiring();
    settings({ secondFactor: true });
    const { call } = await guildhall.signIn();
    const { id } = await call.auth.me();
    await join(id);
    expect(await awaits(call)).toBe(false);
    const { db } = guildhall.api.services;
    // As one that is connected without an answer for a factor.
    const other = { id: uuidv7(), userId: id, provider: "other", issuer: "x", subject: id };
    await db.insert(schema.identities).values(other);
    says();
    settings();
    await guildhall.signIn();
    settings({ secondFactor: true });
    const again = await guildhall.signIn();
    expect(await awaits(again.call)).toBe(true);
    const identities = schema.identities;
    await again.call.providers.disconnect({ id: other.id });
    expect(await db.$count(identities, eq(identities.userId, id))).toBe(1);
    expect(await awaits(again.call)).toBe(false);
    await again.call.auth.changePassword({ newPassword: "a first password" });
    expect(await awaits(again.call)).toBe(true);
  });
});

describe("a proof of who is at the keyboard", () => {
  const token = { name: "Script", scope: "read" as const, days: 1 };
  const again = async (browser = openBrowser()) => {
    const start = `${guildhall.home}/auth/oidc/corp/start?to=/w/1&again=1`;
    const landed = await browser.open(start);
    return { landed, call: guildhall.callerOf(browser) };
  };

  test("is asked for with its age, and an old answer, or none, proves nothing", async () => {
    const { browser, call } = await guildhall.signIn();
    const asked = await browser.open(
      `${guildhall.home}/auth/oidc/corp/start?to=/w/1&again=1`,
      (url) => url.pathname === "/auth",
    );
    expect(Object.fromEntries(asked.url.searchParams)).toMatchObject({
      ...{ prompt: "login", max_age: "0" },
    });
    const { db } = guildhall.api.services;
    const { id } = await call.auth.me();
    const mine = eq(schema.sessions.userId, id);
    await db
      .update(schema.sessions)
      .set({ confirmedAt: new Date(0) })
      .where(mine);
    for (const said of [{}, { auth_time: seconds(-600) }]) {
      says(said);
      const { landed } = await again(browser);
      expect(landed.url.pathname).toBe("/w/1");
      expect(landed.url.searchParams.get("problem")).toBe("not_asked_again");
      const early = guildhall.callerOf(browser).tokens.create(token);
      await expect(early).rejects.toMatchObject(refusal("confirmation_needed"));
    }
    says({ auth_time: seconds() });
    const confirmed = await again(browser);
    expect(confirmed.landed.url.searchParams.get("problem")).toBeNull();
    expect(await confirmed.call.tokens.create(token)).toMatchObject({ name: "Script" });
  });

  test("is not what a provider gives that still knew somebody", async () => {
    says({ auth_time: seconds(-3_600) });
    const { call } = await guildhall.signIn();
    await expect(call.tokens.create(token)).rejects.toMatchObject(refusal("confirmation_needed"));
    // A clock that is ahead gives no more than now.
    says({ auth_time: seconds(3_600) });
    const ahead = await guildhall.signIn();
    const { id } = await ahead.call.auth.me();
    const rows = await guildhall.api.services.db
      .select()
      .from(schema.sessions)
      .where(eq(schema.sessions.userId, id));
    for (const { confirmedAt } of rows) {
      expect(confirmedAt?.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });
});
