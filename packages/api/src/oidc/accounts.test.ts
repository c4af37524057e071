/** What a provider's word is worth here: connecting an account, roles, and the end of sessions. */
import { schema } from "@guildhall/db";
import { PASSWORD, type TestPerson } from "@guildhall/testing/api";
import { openBrowser } from "@guildhall/testing/sign-in/browser";
import {
  type HandmadeProvider,
  startHandmadeProvider,
} from "@guildhall/testing/sign-in/handmade-provider";
import {
  startIdentityProvider,
  type TestIdentityProvider,
} from "@guildhall/testing/sign-in/identity-provider";
import { eq } from "drizzle-orm";
import { generateSync } from "otplib";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { providerAt, type SignInTest, startSignInTest } from "../../testing/provider-sign-in.ts";

let corp: TestIdentityProvider;
let handmade: HandmadeProvider;
let guildhall: SignInTest;
let owner: TestPerson;
let workspaceId: string;
beforeAll(async () => {
  handmade = await startHandmadeProvider();
  guildhall = await startSignInTest(async (home) => {
    corp = await startIdentityProvider({ home, provider: "corp" });
    return [providerAt(corp.issuer), providerAt(handmade.issuer, { id: "hand", name: "Hand" })];
  });
  owner = await guildhall.api.person("Olga");
  ({ id: workspaceId } = await owner.call.workspaces.create({ name: "Mill" }));
  setRoles();
});
afterAll(async () => {
  await guildhall.stop();
  await corp.stop();
  await handmade.stop();
});

function setRoles() {
  const roles = [
    { value: "staff", workspaceId, role: "editor" as const },
    { value: "heads", workspaceId, role: "owner" as const },
    { value: "heads", workspaceId: uuidv7(), role: "owner" as const },
  ];
  guildhall.set([
    providerAt(corp.issuer, { roles }),
    providerAt(handmade.issuer, { id: "hand", name: "Hand", roles }),
  ]);
}

let subject: string;
let email: string;
const says = (more: object) =>
  corp.accounts.set(subject, { email, email_verified: true, name: "Ada", ...more });
beforeEach(() => {
  subject = uuidv7();
  email = `ada-${subject}@example.com`;
  corp.signsInAs = subject;
  says({});
});

/** An account with a password and the address that the provider says. */
async function hasAccount() {
  const { user, token } = await guildhall.api.register({
    ...{ email, password: PASSWORD, name: "Ada" },
  });
  return { user, call: guildhall.api.as(token) };
}

const refusal = (reason: string) => ({ reason });

test("an account that is there is connected by its password alone, in the browser that came from the provider", async () => {
  const { user } = await hasAccount();
  const { landed, browser, call } = await guildhall.signIn();
  expect(landed.url.pathname).toBe("/link-account");
  await expect(call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
  const stranger = guildhall.callerOf(openBrowser());
  await expect(stranger.providers.pendingLink()).rejects.toMatchObject(refusal("link_expired"));
  const right = { password: PASSWORD };
  await expect(stranger.providers.link(right)).rejects.toMatchObject(refusal("link_expired"));
  expect(await call.providers.pendingLink()).toEqual({
    ...{ email, provider: { id: "corp", name: "Corp" } },
  });
  const wrong = call.providers.link({ password: "not it" });
  await expect(wrong).rejects.toMatchObject(refusal("wrong_password"));
  expect(await call.providers.link(right)).toEqual({ returnTo: "/w/1", pending: null });
  expect(await guildhall.callerOf(browser).auth.me()).toEqual(user);
  // Used up, and from now on without a password.
  await expect(call.providers.link(right)).rejects.toMatchObject(refusal("link_expired"));
  expect(await (await guildhall.signIn()).call.auth.me()).toEqual(user);
});

test("an account with a second factor is connected by its password and that, as one signs in", async () => {
  const { user, call: owns } = await hasAccount();
  const { secret, ticket } = await owns.factors.beginApp({});
  const set = await owns.factors.confirmApp({ ticket, code: generateSync({ secret }) });
  const { call, browser } = await guildhall.signIn();
  const { returnTo, pending } = await call.providers.link({ password: PASSWORD });
  expect(returnTo).toBeNull();
  expect(pending).toMatchObject({ hasApp: true, hasPasskey: false, hasRecoveryCodes: true });
  const isIn = () => guildhall.callerOf(browser).auth.me();
  await expect(isIn()).rejects.toMatchObject(refusal("signed_out"));
  expect((await owns.providers.mine()).identities).toEqual([]);
  const show = (by: typeof call, recoveryCode: string) =>
    by.providers.finishLink({ pending: pending?.ticket ?? "", recoveryCode });
  await expect(show(call, "not one")).rejects.toMatchObject(refusal("wrong_code"));
  const code = set.recoveryCodes?.[0] ?? "";
  // Only in the browser that came from the provider.
  const elsewhere = show(guildhall.callerOf(openBrowser()), code);
  await expect(elsewhere).rejects.toMatchObject(refusal("link_expired"));
  await expect(isIn()).rejects.toMatchObject(refusal("signed_out"));
  expect(await show(call, code)).toMatchObject({ returnTo: "/w/1" });
  expect(await isIn()).toEqual(user);
  expect((await owns.providers.mine()).identities).toHaveLength(1);
  // From now on the provider answers for them: that counts as the factor.
  const byProvider = (await guildhall.signIn()).call;
  const script = await byProvider.tokens.create({ name: "Script", scope: "read", days: 1 });
  expect(await guildhall.api.as(script.token).auth.me()).toEqual(user);
});

test("a factor of another account connects nothing", async () => {
  await hasAccount();
  const { call, browser } = await guildhall.signIn();
  const other = await guildhall.api.person("Mal");
  const { secret, ticket } = await other.call.factors.beginApp({});
  const set = await other.call.factors.confirmApp({ ticket, code: generateSync({ secret }) });
  const credentials = { email: other.user.email, password: PASSWORD };
  const { pending } = await guildhall.api.stranger.auth.login(credentials);
  const recoveryCode = set.recoveryCodes?.[0] ?? "";
  const asked = call.providers.finishLink({ pending: pending?.ticket ?? "", recoveryCode });
  await expect(asked).rejects.toMatchObject(refusal("link_expired"));
  const me = guildhall.callerOf(browser).auth.me();
  await expect(me).rejects.toMatchObject(refusal("signed_out"));
});

test("the password cannot be guessed by way of a provider, and an old link asks for none", async () => {
  await hasAccount();
  const { call } = await guildhall.signIn();
  const guess = (password: string) => call.providers.link({ password });
  for (let n = 0; n < 10; n++) {
    await expect(guess(`guess ${n}`)).rejects.toMatchObject(refusal("wrong_password"));
  }
  await expect(guess(PASSWORD)).rejects.toMatchObject(refusal("too_many_tries"));
  await guildhall.api.services.db.update(schema.providerLinks).set({ expiresAt: new Date(0) });
  await expect(guess(PASSWORD)).rejects.toMatchObject(refusal("link_expired"));
});

test("an address that is not verified asks for no password, whether anybody has it or not", async () => {
  await hasAccount();
  says({ email_verified: false });
  const known = await guildhall.signIn();
  corp.signsInAs = subject = uuidv7();
  email = `nobody-${subject}@example.com`;
  says({ email_verified: false });
  const unknown = await guildhall.signIn();
  expect(known.landed.url.href).toBe(unknown.landed.url.href);
  expect(known.problem).toBe("email_unverified");
});

/** From the settings of somebody who is signed in, to where it ends. */
async function connect(person: { token: string }, browser = openBrowser()) {
  browser.keep(guildhall.home, `guildhall_session=${person.token}`);
  const call = guildhall.callerOf(browser);
  const { url } = await call.providers.connect({ provider: "corp", to: "/w/1/settings" });
  return { browser, landed: await browser.open(url), call };
}

test("who is signed in connects a provider whatever its address, and nobody else's", async () => {
  const person = await guildhall.api.person("Ben");
  says({ email: "private@example.net", email_verified: false });
  const { landed, call } = await connect(person);
  expect(landed.url.href).toBe(`${guildhall.home}/w/1/settings`);
  const [identity] = (await call.providers.mine()).identities;
  expect(identity).toMatchObject({ provider: "corp", email: "private@example.net" });
  expect((await (await guildhall.signIn()).call.auth.me()).id).toBe(person.user.id);
  const other = await guildhall.api.person("Carl");
  const taken = await connect(other);
  expect(taken.landed.url.searchParams.get("problem")).toBe("connected_elsewhere");
  expect(taken.landed.url.pathname).toBe("/w/1/settings");
  // Whoever is somebody else when they come back has connected nothing.
  const browser = openBrowser();
  browser.keep(guildhall.home, `guildhall_session=${other.token}`);
  corp.signsInAs = subject = uuidv7();
  says({});
  const { url } = await guildhall
    .callerOf(browser)
    .providers.connect({ provider: "corp", to: "/" });
  browser.keep(guildhall.home, `guildhall_session=${person.token}`);
  const back = await browser.open(url);
  expect(back.url.searchParams.get("problem")).toBe("signed_in_otherwise");
});

test("who has no password signs in again as a confirmation, which the provider asks for anew", async () => {
  const { call, browser } = await guildhall.signIn();
  const { id } = await call.auth.me();
  const { db } = guildhall.api.services;
  const mine = eq(schema.sessions.userId, id);
  await db
    .update(schema.sessions)
    .set({ confirmedAt: new Date(0) })
    .where(mine);
  const token = { name: "Script", scope: "read" as const, days: 1 };
  const early = call.tokens.create(token);
  await expect(early).rejects.toMatchObject(refusal("confirmation_needed"));
  const start = `${guildhall.home}/auth/oidc/corp/start?to=/w/1&again=1`;
  const asked = await browser.open(start, (url) => url.origin === new URL(corp.issuer).origin);
  expect(asked.url.searchParams.get("prompt")).toBe("login");
  const landed = await browser.open(start);
  expect(landed.url.pathname).toBe("/w/1");
  expect(await guildhall.callerOf(browser).tokens.create(token)).toMatchObject({ name: "Script" });
});

test("the last way in is not disconnected; another is, and ends the sessions that came by it", async () => {
  const { call } = await guildhall.signIn();
  const [only] = (await call.providers.mine()).identities;
  const asked = call.providers.disconnect({ id: only?.id ?? "" });
  await expect(asked).rejects.toMatchObject(refusal("last_way_in"));
  const person = await guildhall.api.person("Dora");
  corp.signsInAs = subject = uuidv7();
  says({});
  const connected = await connect(person);
  const elsewhere = await guildhall.signIn();
  const [identity] = (await connected.call.providers.mine()).identities;
  const stranger = call.providers.disconnect({ id: identity?.id ?? "" });
  await expect(stranger).rejects.toMatchObject(refusal("not_found"));
  await connected.call.providers.disconnect({ id: identity?.id ?? "" });
  await expect(elsewhere.call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
  expect((await connected.call.auth.me()).id).toBe(person.user.id);
  // Now it is an address like any other: of an account that has no password to connect it with.
  expect((await guildhall.signIn()).problem).toBe("no_password");
});

const roleOf = async (userId: string) =>
  (await owner.call.workspaces.members({ workspaceId })).find((m) => m.userId === userId)?.role;

test("a claim makes somebody a member, raises and lowers their role, and takes it away with itself", async () => {
  says({ groups: ["staff", "other"] });
  const { id } = await (await guildhall.signIn()).call.auth.me();
  expect(await roleOf(id)).toBe("editor");
  says({ groups: ["staff", "heads"] });
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("owner");
  says({ groups: ["staff"] });
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("editor");
  says({ groups: [] });
  await guildhall.signIn();
  expect(await roleOf(id)).toBeUndefined();
  const entries = await guildhall.api.services.db
    .select()
    .from(schema.auditEntries)
    .where(eq(schema.auditEntries.action, "member.roleByClaim"));
  const ofThem = entries.filter(({ subjectId }) => subjectId === id);
  expect(ofThem.map(({ before, after }) => [before?.role, after?.role])).toEqual([
    [null, "editor"],
    ["editor", "owner"],
    ["owner", "editor"],
    ["editor", null],
  ]);
});

test("what was given by hand stays when the claim goes, and a lower claim takes nothing from it", async () => {
  const { id } = await (await guildhall.signIn()).call.auth.me();
  await guildhall.api.join(workspaceId, id, "viewer");
  says({ groups: ["staff"] });
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("editor");
  says({});
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("viewer");
  await owner.call.members.setRole({ workspaceId, userId: id, role: "owner" });
  says({ groups: ["staff"] });
  await guildhall.signIn();
  says({});
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("owner");
  // Set by hand while the claim held: that is what they have by hand from then on.
  await owner.call.members.setRole({ workspaceId, userId: id, role: "viewer" });
  says({ groups: ["heads"] });
  await guildhall.signIn();
  await owner.call.members.setRole({ workspaceId, userId: id, role: "editor" });
  says({});
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("editor");
});

test("a claim that goes leaves no workspace without an owner", async () => {
  says({ groups: ["heads"] });
  const { id } = await (await guildhall.signIn()).call.auth.me();
  await guildhall.api.services.db
    .update(schema.members)
    .set({ role: "viewer", personalRole: "viewer" })
    .where(eq(schema.members.userId, owner.user.id));
  says({});
  await guildhall.signIn();
  expect(await roleOf(id)).toBe("owner");
  await guildhall.api.services.db
    .update(schema.members)
    .set({ role: "owner", personalRole: "owner" })
    .where(eq(schema.members.userId, owner.user.id));
  await guildhall.signIn();
  expect(await roleOf(id)).toBeUndefined();
});

test("groups that are too many for a token are not none: roles stay", async () => {
  handmade.claims = { sub: subject, email, email_verified: true, groups: ["staff"] };
  const { id } = await (await guildhall.signIn("hand")).call.auth.me();
  const { groups: _, ...rest } = handmade.claims;
  handmade.claims = { ...rest, _claim_names: { groups: "src1" } };
  await guildhall.signIn("hand");
  expect(await roleOf(id)).toBe("editor");
  handmade.claims = rest;
  await guildhall.signIn("hand");
  expect(await roleOf(id)).toBeUndefined();
});

test("where passwords are off, it is said by the domain alone, and the provider still lets in", async () => {
  const { user } = await hasAccount();
  const { db, settings } = guildhall.api.services;
  const row = { passwordsOffDomains: ["example.com"] };
  const target = schema.instanceSettings.id;
  await db.insert(schema.instanceSettings).values(row).onConflictDoUpdate({ target, set: row });
  settings.changed();
  const { stranger } = guildhall.api;
  const off = { reason: "password_off", message: expect.stringContaining("sign in with Corp") };
  for (const address of [email, `nobody-${uuidv7()}@example.com`]) {
    const values = { email: address, password: PASSWORD };
    await expect(stranger.auth.login(values)).rejects.toMatchObject(off);
    await expect(stranger.auth.register(values)).rejects.toMatchObject(off);
    await expect(stranger.auth.forgotPassword({ email: address })).rejects.toMatchObject(off);
  }
  const elsewhere = stranger.auth.login({ email: "x@example.net", password: PASSWORD });
  await expect(elsewhere).rejects.toMatchObject(refusal("wrong_credentials"));
  const { call, browser } = await guildhall.signIn();
  await call.providers.link({ password: PASSWORD });
  expect(await guildhall.callerOf(browser).auth.me()).toEqual(user);
  await db.update(schema.instanceSettings).set({ passwordsOffDomains: null });
  settings.changed();
  expect(await stranger.auth.login({ email, password: PASSWORD })).toMatchObject({ user });
});
