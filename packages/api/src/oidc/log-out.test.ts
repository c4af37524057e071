import type { TestPerson } from "@guildhall/testing/api";
import { openBrowser } from "@guildhall/testing/sign-in/browser";
import {
  type HandmadeProvider,
  newKey,
  seconds,
  startHandmadeProvider,
} from "@guildhall/testing/sign-in/handmade-provider";
import {
  CLIENT,
  startIdentityProvider,
  type TestIdentityProvider,
} from "@guildhall/testing/sign-in/identity-provider";
import type { JWTPayload } from "jose";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { providerAt, type SignInTest, startSignInTest } from "../../testing/provider-sign-in.ts";
import { startWorker } from "../../testing/workers.ts";

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

const refusal = (reason: string) => ({ reason });

test("signing out leads to the provider, which ends its session, and with it what came by that", async () => {
  const [here, there] = [await guildhall.signIn(), await guildhall.signIn()];
  const { goTo } = await here.call.auth.logout();
  const url = new URL(goTo ?? "");
  expect(url.origin).toBe(corp.issuer);
  expect(url.searchParams.get("post_logout_redirect_uri")).toBe(`${guildhall.home}/sign-in`);
  // Two sessions there, as it were two browsers: the other one goes on.
  const page = await here.browser.open(url.href);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
  const confirmed = new URLSearchParams({ xsrf, logout: "yes" });
  const answer = await here.browser.post(`${corp.issuer}/session/end/confirm`, confirmed);
  expect(new URL(answer.headers.get("location") ?? "").pathname).toBe("/sign-in");
  await expect(here.call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
  expect(await there.call.auth.me()).toMatchObject({ email });
  expect(corp.failures).toEqual([]);
});

const order = (claims: JWTPayload): JWTPayload => ({
  ...{ iss: handmade.issuer, aud: CLIENT.id, iat: seconds(), exp: seconds(60), jti: uuidv7() },
  events: { "http://schemas.openid.net/event/backchannel-logout": {} },
  ...claims,
});
const give = async (token: string) =>
  (
    await openBrowser().post(
      `${guildhall.home}/auth/oidc/hand/backchannel-logout`,
      new URLSearchParams({ logout_token: token }),
    )
  ).status;

test("a provider ends a session of its own, or all of a person, at once and on all workers", async () => {
  handmade.claims = { sub: subject, email, email_verified: true, sid: "one", groups: ["staff"] };
  const one = await guildhall.signIn("hand");
  handmade.claims = { ...handmade.claims, sid: "two" };
  const two = await guildhall.signIn("hand");
  const me = await one.call.auth.me();
  const secret = /guildhall_session=([^;]+)/.exec(two.browser.cookies(guildhall.home))?.[1] ?? "";
  const worker = startWorker(guildhall.api, guildhall.api.services.bus);
  const person = { user: me, token: secret, call: two.call } as TestPerson;
  const tab = await worker.open(person, workspaceId);
  expect(await give(await handmade.sign(order({ sid: "one" }), { typ: "logout+jwt" }))).toBe(200);
  await expect(one.call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
  expect(await two.call.auth.me()).toEqual(me);
  expect(await give(await handmade.sign(order({ sub: subject }), { typ: "logout+jwt" }))).toBe(200);
  await expect(two.call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
  expect(await tab.ended).toBe("signed_out");
  await worker.stop();
});

test("an order that is forged, for somebody else, old, of another kind, or given before ends nothing", async () => {
  handmade.claims = { sub: subject, email, email_verified: true, sid: "s" };
  const { call } = await guildhall.signIn("hand");
  const me = await call.auth.me();
  const { privateKey } = await newKey();
  const sub = subject;
  const forged = [
    handmade.sign(order({ sub }), { key: privateKey }),
    handmade.sign(order({ sub, iss: corp.issuer })),
    handmade.sign(order({ sub, aud: "somebody-else" })),
    handmade.sign(order({ sub, iat: seconds(-600) })),
    handmade.sign(order({ sub, iat: seconds(600) })),
    handmade.sign(order({ sub, exp: seconds(-60) })),
    handmade.sign(order({ sub, events: {} })),
    handmade.sign(order({ sub, events: undefined })),
    handmade.sign(order({ sub, nonce: "n" })),
    handmade.sign(order({ sub, jti: undefined })),
    handmade.sign(order({})),
    handmade.sign(order({ sub }), { typ: "at+jwt" }),
    "",
    "a.b.c",
  ];
  for (const token of forged) expect(await give(await token)).toBe(400);
  expect(await call.auth.me()).toEqual(me);
  const token = await handmade.sign(order({ sub }));
  expect(await give(token)).toBe(200);
  await expect(call.auth.me()).rejects.toMatchObject(refusal("signed_out"));
  const again = await guildhall.signIn("hand");
  expect(await give(token)).toBe(400);
  expect(await again.call.auth.me()).toEqual(me);
});
