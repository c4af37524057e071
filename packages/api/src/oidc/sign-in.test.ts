/** Sign-in through a real provider. */
import { schema } from "@guildhall/db";
import { PASSWORD } from "@guildhall/testing/api";
import { openBrowser } from "@guildhall/testing/sign-in/browser";
import {
  startIdentityProvider,
  type TestIdentityProvider,
} from "@guildhall/testing/sign-in/identity-provider";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  problemIn,
  providerAt,
  type SignInTest,
  startSignInTest,
} from "../../testing/provider-sign-in.ts";

let corp: TestIdentityProvider;
let open: TestIdentityProvider;
let guildhall: SignInTest;
beforeAll(async () => {
  guildhall = await startSignInTest(async (home) => {
    corp = await startIdentityProvider({ home, provider: "corp" });
    open = await startIdentityProvider({ home, provider: "open" }, { isPublic: true });
    return [
      providerAt(corp.issuer),
      providerAt(open.issuer, { id: "open", name: "Open", clientSecret: undefined, domains: [] }),
    ];
  });
  // The first account of a server is its administrator's.
  await guildhall.api.stranger.auth.register({ email: "first@example.com", password: PASSWORD });
});
afterAll(async () => {
  await guildhall.stop();
  await corp.stop();
  await open.stop();
});

/** Somebody new whom the provider knows, and as whom its browser signs in. */
let subject: string;
let email: string;
beforeEach(() => {
  subject = uuidv7();
  email = `ada-${subject}@example.com`;
  for (const provider of [corp, open]) {
    provider.signsInAs = subject;
    provider.accounts.set(subject, { email, email_verified: true, name: "Ada Lovelace" });
  }
});

const audit = () => guildhall.api.services.db.select().from(schema.auditEntries);

test("who comes first gets an account of the name and the verified address, and the same one afterwards", async () => {
  const { landed, call, browser } = await guildhall.signIn();
  expect(landed.url.href).toBe(`${guildhall.home}/w/1`);
  const me = await call.auth.me();
  expect(me).toMatchObject({ email, name: "Ada Lovelace" });
  expect((await call.auth.emailState()).isConfirmed).toBe(true);
  expect(await call.providers.mine()).toMatchObject({
    password: "none",
    identities: [{ providerName: "Corp", email }],
  });
  const again = await guildhall.signIn();
  expect((await again.call.auth.me()).id).toBe(me.id);
  expect(browser.cookies(guildhall.home)).toContain("guildhall_session=");
  const [session] = await call.auth.sessions();
  expect(session?.authenticatedBy).toBe("provider");
  const entries = (await audit()).filter((entry) => entry.actorId === me.id);
  expect(entries.map((entry) => [entry.action, entry.after])).toEqual([
    ["account.created", { method: "provider", provider: "Corp" }],
    ["account.signedIn", { method: "provider", provider: "Corp" }],
    ["account.signedIn", { method: "provider", provider: "Corp" }],
  ]);
  // A password is none of theirs until they choose one.
  const guess = guildhall.api.stranger.auth.login({ email, password: PASSWORD });
  await expect(guess).rejects.toMatchObject({ reason: "wrong_credentials" });
});

test("an address that changes there changes nothing here: who it is goes by the subject", async () => {
  const me = await (await guildhall.signIn()).call.auth.me();
  corp.accounts.set(subject, { email: `other-${email}`, email_verified: false });
  const again = await guildhall.signIn();
  expect(await again.call.auth.me()).toEqual(me);
});

test.each([
  ["an address that is not verified", { email_verified: false }, "email_unverified"],
  ["an address of which it is not said", { email_verified: undefined }, "email_unverified"],
  ["no address", { email: undefined }, "email_unverified"],
  ["an address elsewhere", { email: `x-${uuidv7()}@example.net` }, "domain_not_allowed"],
  ["an address below the domain", { email: `x@sub.example.com` }, "domain_not_allowed"],
])("%s makes no account", async (_what, said, problem) => {
  corp.accounts.set(subject, { email, email_verified: true, name: "Ada", ...said });
  const { landed, call } = await guildhall.signIn();
  expect([landed.url.pathname, problemIn(landed)]).toEqual(["/sign-in", problem]);
  await expect(call.auth.me()).rejects.toMatchObject({ reason: "signed_out" });
  const rows = guildhall.api.services.db.select().from(schema.users);
  expect((await rows).filter((user) => user.email.startsWith("x-"))).toEqual([]);
});

test("a provider without domains makes no accounts, and is a public client as well", async () => {
  expect((await guildhall.signIn("open")).problem).toBe("domain_not_allowed");
});

test("who cancels there is told so, and may try again", async () => {
  corp.signsInAs = null;
  const { problem, browser } = await guildhall.signIn();
  expect(problem).toBe("cancelled");
  corp.signsInAs = subject;
  const again = await guildhall.signIn("corp", browser);
  expect(again.problem).toBeNull();
});

test("a deactivated account stays shut, by its identity and by its address", async () => {
  const { db } = guildhall.api.services;
  await guildhall.signIn();
  const deactivate = (which: string) =>
    db.update(schema.users).set({ deactivatedAt: new Date() }).where(eq(schema.users.email, which));
  await deactivate(email);
  expect((await guildhall.signIn()).problem).toBe("account_deactivated");
  const person = await guildhall.api.person("Zoe");
  await deactivate(person.user.email);
  const other = uuidv7();
  corp.signsInAs = other;
  corp.accounts.set(other, { email: person.user.email, email_verified: true });
  expect((await guildhall.signIn()).problem).toBe("account_deactivated");
});

test("a server that takes no new accounts takes none by a provider, and who has one gets in", async () => {
  const me = await (await guildhall.signIn()).call.auth.me();
  const { db, settings } = guildhall.api.services;
  const set = async (registration: "closed" | null) => {
    const row = { registration };
    await db
      .insert(schema.instanceSettings)
      .values(row)
      .onConflictDoUpdate({ target: schema.instanceSettings.id, set: row });
    settings.changed();
  };
  await set("closed");
  expect(await (await guildhall.signIn()).call.auth.me()).toEqual(me);
  const other = uuidv7();
  corp.signsInAs = other;
  corp.accounts.set(other, { email: `${other}@example.com`, email_verified: true });
  expect((await guildhall.signIn()).problem).toBe("registration_closed");
  await set(null);
  expect((await guildhall.signIn()).problem).toBeNull();
});

test.each([
  ["//evil.example/x", "/"],
  ["https://evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/..//evil.example", "/"],
  ["/%2f/evil.example", "/%2f/evil.example"],
  ["javascript:alert(1)", "/"],
  ["/\t/evil.example", "/"],
  ["/w/2?peek=A-1#x", "/w/2?peek=A-1#x"],
])("to %s one is sent to %s of our own", async (to, path) => {
  const { landed } = await guildhall.signIn("corp", openBrowser(), to);
  expect(landed.url.href).toBe(guildhall.home + path);
});

test("an address that comes back twice, in another browser, to another provider or with a state of its own opens nothing", async () => {
  const [browser, thief] = [openBrowser(), openBrowser()];
  const back = await guildhall.wayBack(browser);
  expect(problemIn(await thief.open(back.href))).toBe("sign_in_lost");
  const elsewhere = back.href.replace("/corp/", "/open/");
  expect(problemIn(await browser.open(elsewhere))).toBe("sign_in_lost");
  const forged = new URL(back);
  forged.searchParams.set("state", "x".repeat(43));
  expect(problemIn(await browser.open(forged.href))).toBe("sign_in_lost");
  // What was tried in vain has not used it up.
  expect(problemIn(await browser.open(back.href))).toBeNull();
  expect(problemIn(await browser.open(back.href))).toBe("sign_in_lost");
  // Nor does the way back of somebody else do in a browser that began one of its own (login CSRF).
  const other = await guildhall.wayBack(thief);
  await guildhall.wayBack(browser);
  expect(problemIn(await browser.open(other.href))).toBe("sign_in_lost");
});

test("a sign-in that took longer than ten minutes is begun again", async () => {
  const browser = openBrowser();
  const back = await guildhall.wayBack(browser);
  await guildhall.api.services.db.update(schema.providerSignIns).set({ expiresAt: new Date(0) });
  expect(problemIn(await browser.open(back.href))).toBe("sign_in_lost");
});

test("two tabs of one browser sign in side by side", async () => {
  const browser = openBrowser();
  const [one, two] = [await guildhall.wayBack(browser), await guildhall.wayBack(browser)];
  expect(problemIn(await browser.open(one.href))).toBeNull();
  expect(problemIn(await browser.open(two.href))).toBeNull();
});

test("a name that is none of the settings leads back to the page, also when it was one a moment ago", async () => {
  expect((await guildhall.signIn("nobody")).problem).toBe("unknown_provider");
  const browser = openBrowser();
  const back = await guildhall.wayBack(browser);
  guildhall.set([]);
  expect(problemIn(await browser.open(back.href))).toBe("unknown_provider");
  guildhall.set([...guildhall.api.services.providers.list]);
});

test("sessions live on when their provider is set otherwise or gone, and its button goes with it", async () => {
  const { call } = await guildhall.signIn();
  const me = await call.auth.me();
  const before = guildhall.api.services.providers.list;
  guildhall.set([providerAt(corp.issuer, { clientSecret: "another secret" })]);
  const changed = await guildhall.signIn();
  expect(changed.problem).toBe("provider_refused");
  expect(await call.auth.me()).toEqual(me);
  guildhall.set([]);
  const later = guildhall.callerOf(openBrowser());
  expect(await later.providers.list()).toEqual([]);
  expect(await call.auth.me()).toEqual(me);
  guildhall.set([...before]);
  expect(await guildhall.callerOf(openBrowser()).providers.list()).toEqual([
    { id: "corp", name: "Corp" },
    { id: "open", name: "Open" },
  ]);
});
